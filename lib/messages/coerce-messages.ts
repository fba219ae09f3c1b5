import { describeValue } from '../core/describe-value.js';
import { AIMessage } from './ai-message.js';
import { type AnyMessage, isMessage } from './any-message.js';
import type { MessageContent } from './content.js';
import { HumanMessage } from './human-message.js';
import { type MessageFields } from './message.js';
import { SystemMessage } from './system-message.js';
import { readToolCalls } from './read-tool-calls.js';
import { ToolMessage } from './tool-message.js';

/** A message as data: with the role under `role` or `type`, and any field that a message of that role has. */
export interface MessageLike {
  readonly role?: string;
  readonly type?: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/** One message in any of the forms that are taken for one. */
export type MessageInput =
  string | AnyMessage | readonly [role: string, content: MessageContent] | MessageLike;

/** A conversation in any of the forms that are taken for one; a prompt's value has `messages`. */
export type MessagesInput =
  MessageInput | readonly MessageInput[] | { readonly messages: readonly MessageInput[] };

/**
 * The messages that an input stands for: a string is a human message, a pair is role and content, an object is a
 * message as data (also its JSON, and LangChain's own messages and their serialised form).
 *
 * Throws a `TypeError` that says which one cannot be a message, and never what is in it.
 *
 * @example
 * coerceMessages([['system', 'Be terse.'], { role: 'user', content: 'Hi' }]).map(({ type }) => type) // => ['system', 'human']
 */
export function coerceMessages(input: MessagesInput): AnyMessage[] {
  if (Array.isArray(input))
    return isPair(input) ? [coerceMessage(input)] : input.map(coerceMessage);
  if (hasMessages(input)) return input.messages.map(coerceMessage);
  return [coerceMessage(input as MessageInput)];
}

/** The message that one input stands for, see {@link coerceMessages}. */
export function coerceMessage(input: MessageInput): AnyMessage {
  if (typeof input === 'string') return new HumanMessage(input);
  if (isMessage(input)) return input;
  if (isPair(input)) return makeMessage(input[0], { content: input[1] });
  if (typeof (input as unknown) !== 'object' || (input as unknown) === null || Array.isArray(input))
    throw noMessage(input);
  const { lc, kwargs, id } = input as { lc?: unknown; kwargs?: MessageLike; id?: unknown };
  if (lc !== undefined && kwargs !== undefined && Array.isArray(id)) {
    return makeMessage(String(id.at(-1)).replace(/Message(Chunk)?$/, ''), kwargs);
  }
  const { role, type } = input as MessageLike;
  return makeMessage(type ?? role ?? legacyType(input), input as MessageLike);
}

const ROLES: Readonly<Record<string, AnyMessage['type']>> = {
  human: 'human',
  user: 'human',
  ai: 'ai',
  assistant: 'ai',
  system: 'system',
  developer: 'system',
  tool: 'tool',
};

function typeOfRole(role: unknown): AnyMessage['type'] | undefined {
  const key = String(role).toLowerCase();
  return Object.hasOwn(ROLES, key) ? ROLES[key] : undefined;
}

function makeMessage(role: unknown, data: MessageLike): AnyMessage {
  const type = typeOfRole(role);
  if (type === undefined) {
    throw new TypeError(
      `a message's role must be human, user, ai, assistant, system, developer or tool, got ${describeValue(role)}`,
    );
  }
  const fields = { ...data, content: contentOf(data) } as MessageFields;
  if (type === 'human') return new HumanMessage(fields);
  if (type === 'system') return new SystemMessage(fields);
  if (type === 'ai')
    return new AIMessage({ ...fields, ...readToolCalls(data as { tool_calls?: unknown }) });
  const { tool_call_id } = data;
  if (typeof tool_call_id !== 'string') {
    throw new TypeError(
      `a tool message needs the tool_call_id that it answers, got ${describeValue(tool_call_id)}`,
    );
  }
  return new ToolMessage({ ...fields, tool_call_id });
}

function contentOf({ content }: MessageLike): MessageContent {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string' || Array.isArray(content)) return content as MessageContent;
  throw new TypeError(
    `a message's content must be a string or an array of blocks, got ${describeValue(content)}`,
  );
}

/** Only with a known role: two human messages may be given as two strings as well. */
function isPair(input: unknown): input is readonly [string, MessageContent] {
  return (
    Array.isArray(input) &&
    input.length === 2 &&
    typeof input[0] === 'string' &&
    typeOfRole(input[0]) !== undefined &&
    (typeof input[1] === 'string' || Array.isArray(input[1]))
  );
}

function hasMessages(input: unknown): input is { messages: readonly MessageInput[] } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'messages' in input &&
    Array.isArray(input.messages)
  );
}

/** LangChain's messages of older versions say their type by a method only. */
function legacyType(input: object): unknown {
  const { _getType } = input as { _getType?: () => unknown };
  return typeof _getType === 'function' ? _getType.call(input) : undefined;
}

function noMessage(input: unknown): TypeError {
  return new TypeError(
    `a message must be a string, a message, a pair of role and content, or an object with role and content, got ${describeValue(input)}`,
  );
}
