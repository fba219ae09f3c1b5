import { describeValue } from '../../core/internal/describe-value.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { isApprovedCall } from '../../messages/approved-call.js';
import { HumanMessage } from '../../messages/human-message.js';
import { SystemMessage } from '../../messages/system-message.js';
import { badRequest } from '../server/bad-request.js';
import { checkNesting, MAX_NESTING } from '../server/check-nesting.js';
import { checked, checkedAt } from '../server/server-fault.js';
import {
  checkFromUIOptions,
  type FromUIMessagesOptions,
  type FromUIRules,
} from './from-ui-options.js';
import { contentOf, fromStep, outputsOf } from './from-ui-step.js';
import { toBlock } from './ui-blocks.js';
import { isToolPart } from './ui-calls.js';
import type { UIMessagePart } from './ui-part.js';

/** A message of the AI SDK's `useChat`, as far as rxlm reads it. */
export interface UIMessageLike {
  readonly role: string;
  readonly parts: readonly unknown[];
}

/**
 * Converts the messages of `useChat` to messages for a model: what `DefaultChatTransport` sends in `messages`, including the
 * answers that {@link toUIMessageStream} has sent. A client is untrusted: by default text and inline images of the user are
 * accepted, and no system message. Tool calls and their results need `tools`.
 *
 * Each step of an answer is an AI message, followed by its results. With `sign`, everything that the server has proven comes
 * back byte for byte: signed reasoning, citations, and the work of the provider's own tools. A call that the user has approved
 * is marked ({@link approvedCall}), so that an agent runs it as it was shown; a denied call has the denial as its result.
 *
 * Left out are calls without a result, empty texts, sources, data parts (see `convertDataPart`), reasoning without a
 * signature, and parts that this server has sent without `sign`. A signature or a provider's block without a proof that this
 * server has not sent is refused, and so is a part of an unknown type.
 *
 * Throws a `TypeError` that names the message and the reason, and quotes nothing of it; HTTP edges answer it with 400.
 * Messages of your own database may be read with `trusted: true`.
 *
 * @example
 * const messages = fromUIMessages([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]);
 * messages.map(({ type, text }) => [type, text]) // => [['human', 'Hi']]
 *
 * @see https://ai-sdk.dev/docs/reference/ai-sdk-core/ui-message
 */
export function fromUIMessages(
  messages: readonly UIMessageLike[],
  options: FromUIMessagesOptions = {},
): AnyMessage[] {
  const rules = checkFromUIOptions(options);
  if (!Array.isArray(messages))
    throw badRequest(`messages must be an array of UI messages, got ${describeValue(messages)}`);
  if (messages.length > rules.maxMessages)
    throw badRequest(
      `there are ${messages.length} messages, and at most ${rules.maxMessages} are accepted`,
    );
  let size = 0;
  const fromEach = (message: UIMessageLike, at: number) =>
    checkedAt(`messages[${at}]`, () => {
      checkNesting(message, rules.trusted ? MAX_STORED_NESTING : MAX_NESTING);
      if (rules.maxBytes < Infinity) size += new Blob([JSON.stringify(message)]).size;
      if (size > rules.maxBytes)
        throw new TypeError(`all messages together are larger than ${rules.maxBytes} bytes`);
      return fromOne(message, rules);
    });
  const taken = checked(() => messages.flatMap(fromEach), badRequest);
  if (rules.lastRole === 'user' && !isUsersTurn(taken.at(-1)))
    throw badRequest('the last message must be the user’s, or have the results of its calls');
  return taken;
}

/** What a model has said may nest deeper than a request, and still must not exhaust the stack. */
const MAX_STORED_NESTING = 512;

/** Results and approvals are the user's word, too. */
function isUsersTurn(last: AnyMessage | undefined): boolean {
  if (last?.type === 'ai') return last.tool_calls.some(isApprovedCall);
  return last?.type === 'human' || last?.type === 'tool';
}

function fromOne(message: UIMessageLike, rules: FromUIRules): AnyMessage[] {
  if (typeof (message as unknown) !== 'object' || (message as unknown) === null)
    throw new TypeError(`a UI message must be an object, got ${describeValue(message)}`);
  const { role, parts: given } = message;
  if (!Array.isArray(given))
    throw new TypeError(`a UI message's parts must be an array, got ${describeValue(given)}`);
  const parts = given.map(checkPart);
  const content = () => {
    const blocks = parts.flatMap((part) => said(part, rules));
    return blocks.length === 0 ? [] : [contentOf(blocks)];
  };
  switch (role) {
    case 'system':
      if (!rules.system) throw new TypeError('system messages are not accepted from a client');
      return content().map((each) => new SystemMessage({ content: each }));
    case 'user':
      return content().map((each) => new HumanMessage({ content: each }));
    case 'assistant': {
      const outputs = outputsOf(parts);
      return stepsOf(parts).flatMap((step) => fromStep(step, outputs, rules));
    }
    default:
      throw new TypeError(
        `a UI message's role must be system, user or assistant, got ${describeValue(role)}`,
      );
  }
}

/** What a user or the system says has no reasoning and no calls. */
function said(part: UIMessagePart, rules: FromUIRules) {
  if (part.type !== 'reasoning' && !isToolPart(part)) return toBlock(part, rules);
  if (rules.trusted) return [];
  throw new TypeError('only an assistant message has reasoning and calls of tools');
}

function stepsOf(parts: readonly UIMessagePart[]): UIMessagePart[][] {
  let step: UIMessagePart[] = [];
  const steps = [step];
  for (const part of parts) {
    if (part.type === 'step-start') steps.push((step = []));
    else step.push(part);
  }
  return steps;
}

function checkPart(part: unknown, at: number): UIMessagePart {
  const type: unknown = (part as { type?: unknown } | null | undefined)?.type;
  if (typeof type === 'string') return part as UIMessagePart;
  throw new TypeError(`parts[${at}] must be an object with a type, got ${describeValue(part)}`);
}
