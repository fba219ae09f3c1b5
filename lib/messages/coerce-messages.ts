import { describeValue } from '../core/internal/describe-value.js';
import { AIMessage } from './ai-message.js';
import { type AnyMessage, isMessage } from './any-message.js';
import { type ContentBlock, isContent, type MessageContent } from './content.js';
import { HumanMessage } from './human-message.js';
import { type MessageFields } from './message.js';
import { SystemMessage } from './system-message.js';
import { readToolCalls } from './internal/read-tool-calls.js';
import { readDenials } from './internal/read-denials.js';
import { readEnvelopes } from './history/read-envelope.js';
import { KNOWN_ROLES, systemFields, typeOfRole } from './history/roles.js';
import { ToolMessage } from './tool-message.js';

/** A message as data: with the role under `role` or `type`, and any field that a message of that role has. */
export interface MessageLike {
  readonly role?: string;
  readonly type?: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/**
 * One message in any of the forms that are taken for one; the last two are messages of another library's classes. An
 * object must say its role: another object is no message, and a step that gives one stands in the wrong place.
 */
export type MessageInput =
  | string
  | AnyMessage
  | readonly [role: string, content: MessageContent]
  | (MessageLike & ({ readonly role: string } | { readonly type: string }))
  | { readonly type: string; readonly content: unknown }
  | { readonly _getType: () => string; readonly content: unknown };

/** A conversation in any of the accepted forms; a prompt's value has `messages`, LangChain's has `toChatMessages`. */
export type MessagesInput =
  | MessageInput
  | readonly MessageInput[]
  | { readonly messages: readonly MessageInput[] }
  | { toChatMessages(): readonly MessageInput[] };

/**
 * The messages that an input stands for: a string is a human message, a pair is role and content, an object is a
 * message as data: its JSON, LangChain's messages with their serialised (`lc`) and stored (`{ type, data }`) forms, OpenAI's
 * and Anthropic's messages, and the AI SDK's `ModelMessage`s. Blocks stay as they are; a provider reads them when it asks.
 *
 * Throws a `TypeError` that says which one cannot be a message, and never what is in it.
 *
 * @example
 * coerceMessages([['system', 'Be terse.'], { role: 'user', content: 'Hi' }]).map(({ type }) => type) // => ['system', 'human']
 */
export function coerceMessages(input: MessagesInput): AnyMessage[] {
  if (Array.isArray(input)) return isPair(input) ? [coerceMessage(input)] : coerceAll(input);
  if (typeof input === 'object' && (input as unknown) !== null) {
    if ('messages' in input && Array.isArray(input.messages)) return coerceAll(input.messages);
    if (isPromptValue(input)) return coerceAll(input.toChatMessages());
  }
  return [coerceMessage(input as MessageInput)];
}

function coerceAll(inputs: readonly MessageInput[]): AnyMessage[] {
  return readDenials(inputs).flatMap((input, index) => {
    try {
      return readMessages(input);
    } catch (cause) {
      throw new TypeError(`messages[${index}]: ${(cause as Error).message}`, { cause });
    }
  });
}

/** The message that one input stands for, see {@link coerceMessages}. */
export function coerceMessage(input: MessageInput): AnyMessage {
  const [message, ...more] = readMessages(input);
  if (message !== undefined && more.length === 0) return message;
  throw new TypeError(
    `an object that stands for ${more.length === 0 ? 'no message' : 'several messages'} must be given in an array of messages`,
  );
}

function readMessages(input: MessageInput): readonly AnyMessage[] {
  if (typeof input === 'string') return [new HumanMessage(input)];
  if (isMessage(input)) return [input];
  if (isPair(input)) return [makeMessage(input[0], { content: input[1] })];
  if (typeof (input as unknown) !== 'object' || (input as unknown) === null || Array.isArray(input))
    throw noMessage(input);
  return readEnvelopes(input as MessageLike).map(({ role, data }) => makeMessage(role, data));
}

function makeMessage(role: unknown, data: MessageLike): AnyMessage {
  const type = typeOfRole(role);
  if (type === undefined) {
    throw new TypeError(`a message's role must be ${KNOWN_ROLES}, got ${describeValue(role)}`);
  }
  // Python and OpenAI say null for what is not there.
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
  if (type !== 'ai' && Array.isArray(given['tool_calls']) && given['tool_calls'].length > 0)
    throw new TypeError(
      `only an ai message has tool_calls, got them in a message of role ${describeValue(role)}`,
    );
  const fields = { ...given, content: contentOf(given, type) } as MessageFields;
  if (type === 'human') return new HumanMessage(fields);
  if (type === 'ai') return new AIMessage({ ...fields, ...readToolCalls(given) });
  if (type === 'system') return new SystemMessage(systemFields(role, fields));
  const { tool_call_id } = given;
  if (typeof tool_call_id !== 'string') {
    throw new TypeError(
      `a tool message needs the tool_call_id that it answers, got ${describeValue(tool_call_id)}`,
    );
  }
  return new ToolMessage({ ...fields, tool_call_id });
}

/** LangChain's standard blocks may stand in a field of their own. */
function contentOf(
  { content, contentBlocks, content_blocks }: MessageLike,
  type: AnyMessage['type'],
): MessageContent {
  const given = content ?? contentBlocks ?? content_blocks;
  if (isContent(given)) return given;
  // Prompts of MCP have one block in place of a list.
  if (isBlock(given)) return [given];
  // A message may be nothing but calls.
  if (given === undefined && type === 'ai') return '';
  throw new TypeError(
    `a message's content must be a string or an array of blocks, got ${describeValue(given)}`,
  );
}

function isBlock(value: unknown): value is ContentBlock {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

/** Only with a known role: two human messages may be given as two strings as well. */
function isPair(input: unknown): input is readonly [string, MessageContent] {
  return (
    Array.isArray(input) &&
    input.length === 2 &&
    typeof input[0] === 'string' &&
    typeOfRole(input[0]) !== undefined &&
    isContent(input[1])
  );
}

function isPromptValue(input: object): input is { toChatMessages(): readonly MessageInput[] } {
  return 'toChatMessages' in input && typeof input.toChatMessages === 'function';
}

function noMessage(input: unknown): TypeError {
  return new TypeError(
    `a message must be a string, a message, a pair of role and content, or an object with role and content, got ${describeValue(input)}`,
  );
}
