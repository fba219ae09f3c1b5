import { describeValue } from '../../core/internal/describe-value.js';
import { AIMessage } from '../../messages/ai-message.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { coerceMessages, type MessagesInput } from '../../messages/coerce-messages.js';
import { HumanMessage } from '../../messages/human-message.js';
import { SystemMessage } from '../../messages/system-message.js';
import { ToolMessage } from '../../messages/tool-message.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import { isStandardSchema } from '../../tools/standard-schema.js';
import { badRequest } from './bad-request.js';
import { checkNesting } from './check-nesting.js';
import { assistantContent, clientContent } from './client-content.js';
import {
  checkClientMessagesPolicy,
  type ClientMessagesPolicy,
  type ClientMessagesRules,
} from './client-messages-policy.js';
import { checked, checkedAt, ownCode } from './server-fault.js';

/**
 * The messages that a client has sent, in any form that is taken for messages, if the policy allows all of them: by default
 * user text and inline images. They are made anew of the fields that were checked: metadata, `additional_kwargs` and any
 * other field of a message is left out.
 *
 * Throws a `TypeError` that names the message and the rule, never what the message says; HTTP edges answer it with 400.
 * {@link runOf} does this for a model or an agent. Use it in a handler that reads messages itself.
 *
 * @example
 * checkClientMessages([{ role: 'user', content: 'Hi' }]).map(({ type }) => type) // => ['human']
 *
 * @example
 * // A conversation that the client keeps, for an agent with tools.
 * // checkClientMessages(body.messages, { assistant: true, tools: [depth] });
 */
export function checkClientMessages(
  messages: unknown,
  policy: ClientMessagesPolicy = {},
): AnyMessage[] {
  return checkAgainst(messages, checkClientMessagesPolicy(policy));
}

/** @internal */
export function checkAgainst(messages: unknown, rules: ClientMessagesRules): AnyMessage[] {
  return checked(() => {
    if (Array.isArray(messages)) checkCount(messages, rules);
    checkNesting(messages);
    const given = coerceMessages(messages as MessagesInput);
    checkCount(given, rules);
    return checkEach(given, rules);
  }, badRequest);
}

function checkCount(messages: readonly unknown[], { maxMessages }: ClientMessagesRules): void {
  if (messages.length === 0) throw new TypeError('there is no message');
  if (messages.length > maxMessages)
    throw new TypeError(
      `there are ${messages.length} messages, and at most ${maxMessages} are accepted`,
    );
}

function checkEach(messages: readonly AnyMessage[], rules: ClientMessagesRules): AnyMessage[] {
  /** The calls that no result has answered yet. */
  const open = new Set<string>();
  let size = 0;
  const own = messages.map((message, at) =>
    checkedAt(`messages[${at}]`, () => {
      const one = checkOne(message, rules, open);
      size += sizeOf(one);
      if (size > rules.maxBytes)
        throw new TypeError(`all messages together are larger than ${rules.maxBytes} bytes`);
      return one;
    }),
  );
  if (rules.lastRole === 'user' && own.at(-1)?.type !== 'human')
    throw new TypeError('the last message must be the user’s');
  return own;
}

function checkOne(message: AnyMessage, rules: ClientMessagesRules, open: Set<string>): AnyMessage {
  const { type, content, id, name } = message;
  const own = { ...lineOf('id', id), ...lineOf('name', name) };
  if (type === 'human') return new HumanMessage({ ...own, content: clientContent(content, rules) });
  if (type === 'system') {
    if (!rules.system) throw new TypeError('system messages are not accepted from a client');
    return new SystemMessage({
      ...own,
      content: clientContent(content, { ...rules, files: false }),
    });
  }
  if (type === 'ai') {
    if (!rules.assistant) throw new TypeError('assistant messages are not accepted from a client');
    const calls = [...message.tool_calls, ...message.invalid_tool_calls].map((call) =>
      checkCall(call, rules),
    );
    for (const call of calls) open.add(call.id);
    return new AIMessage({
      ...own,
      content: assistantContent(content, rules, new Set(calls.map((call) => call.id))),
      tool_calls: calls.filter((call) => call.type === 'tool_call'),
      invalid_tool_calls: calls.filter((call) => call.type === 'invalid_tool_call'),
    });
  }
  const { tool_call_id, status } = message;
  if (rules.tools === false) throw new TypeError('results of tools are not accepted from a client');
  if (!open.delete(tool_call_id))
    throw new TypeError('a result must answer one call of an assistant message before it');
  if (!['success', 'error'].includes(status))
    throw new TypeError(`a result's status must be success or error, got ${describeValue(status)}`);
  return new ToolMessage({ ...own, tool_call_id, status, content: clientContent(content, rules) });
}

type Identified<T> = T & { readonly id: string };

/** @internal */
export function checkCall(
  call: ToolCall | InvalidToolCall,
  { tools }: Pick<ClientMessagesRules, 'tools'>,
): Identified<ToolCall> | Identified<InvalidToolCall> {
  if (tools === false) throw new TypeError('tool calls are not accepted from a client');
  const { id, name, args } = Object(call) as Partial<ToolCall>;
  if (typeof id !== 'string' || id === '' || typeof name !== 'string')
    throw new TypeError('a tool call needs an id and a name');
  const tool = tools === true ? undefined : tools.find((known) => known.name === name);
  if (tools !== true && tool === undefined)
    throw new TypeError(`there is no tool ${describeValue(name)}`);
  if (call.type === 'invalid_tool_call') {
    const { args: text } = call;
    if (typeof text !== 'string') throw new TypeError('an invalid tool call needs its text');
    return { type: call.type, id, name, args: text, error: 'The arguments are no JSON object.' };
  }
  if (tool !== undefined && isStandardSchema(tool.schema)) {
    const standard = tool.schema['~standard'];
    const result = ownCode(() => standard.validate(args));
    if ('then' in result)
      throw new TypeError(`the schema of ${describeValue(name)} cannot check without waiting`);
    if (result.issues)
      throw new TypeError(`the arguments of ${describeValue(name)} do not match its schema`);
  }
  return { type: 'tool_call', id, name, args: args as ToolCall['args'] };
}

function lineOf<K extends string>(field: K, value: unknown): { readonly [key in K]?: string } {
  if (value === undefined) return {};
  if (typeof value === 'string' && /^[^\p{Cc}]{1,256}$/u.test(value))
    return { [field]: value } as { readonly [key in K]: string };
  throw new TypeError(`a message's ${field} must be one line of at most 256 characters`);
}

/** In bytes, of all that is sent on. */
function sizeOf({ content, ...message }: AnyMessage): number {
  const { tool_calls = [], invalid_tool_calls = [] } = message as Partial<AIMessage>;
  const calls = tool_calls.length + invalid_tool_calls.length;
  const rest = calls === 0 ? '' : JSON.stringify([tool_calls, invalid_tool_calls]);
  return new Blob([typeof content === 'string' ? content : JSON.stringify(content), rest]).size;
}
