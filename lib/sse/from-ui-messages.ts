import { describeValue } from '../core/describe-value.js';
import { AIMessage } from '../messages/ai-message.js';
import type { AnyMessage } from '../messages/any-message.js';
import type { ContentBlock, MessageContent } from '../messages/content.js';
import { HumanMessage } from '../messages/human-message.js';
import { SystemMessage } from '../messages/system-message.js';
import { ToolMessage } from '../messages/tool-message.js';
import { badRequest } from './bad-request.js';
import { toBlock } from './ui-blocks.js';
import { isCall, toCall, toResult } from './ui-calls.js';
import type { UIMessagePart } from './ui-part.js';

/** A message of the AI SDK's `useChat`, as far as rxlm reads it. */
export interface UIMessageLike {
  readonly role: string;
  readonly parts: readonly unknown[];
}

/**
 * The messages for a model that the messages of `useChat` stand for: what `DefaultChatTransport` sends in `messages`, and
 * what {@link toUIMessageStream} has told before.
 *
 * Texts, files, reasoning that the provider has signed, tool calls and their results are taken; each step of an answer is
 * an AI message, its results follow. A call without a result is left out, for no model goes on without one; so are data
 * parts, sources and whatever else is for the reader's eyes. An empty message is left out.
 *
 * What a client sends is the client's word, results of tools and system messages too: keep those at the server that must
 * be true. Throws a `TypeError` that says which message or part cannot be meant, and never what is in it; Express and
 * Fastify (and Nest, and Hono) answer it with 400.
 *
 * @example
 * const messages = fromUIMessages([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]);
 * messages.map(({ type, text }) => [type, text]) // => [['human', 'Hi']]
 *
 * @see https://ai-sdk.dev/docs/reference/ai-sdk-core/ui-message
 */
export function fromUIMessages(messages: readonly UIMessageLike[]): AnyMessage[] {
  if (!Array.isArray(messages))
    throw badRequest(`messages must be an array of UI messages, got ${describeValue(messages)}`);
  return messages.flatMap((message: UIMessageLike, at) => {
    try {
      return fromOne(message);
    } catch (cause) {
      throw badRequest(`messages[${at}]: ${(cause as Error).message}`, cause);
    }
  });
}

function fromOne(message: UIMessageLike): AnyMessage[] {
  if (typeof (message as unknown) !== 'object' || (message as unknown) === null)
    throw new TypeError(`a UI message must be an object, got ${describeValue(message)}`);
  const { role, parts: given } = message;
  if (!Array.isArray(given))
    throw new TypeError(`a UI message's parts must be an array, got ${describeValue(given)}`);
  const parts = given.map(checkPart);
  switch (role) {
    case 'system':
      return contentOf(parts).map((content) => new SystemMessage({ content }));
    case 'user':
      return contentOf(parts).map((content) => new HumanMessage({ content }));
    case 'assistant':
      return stepsOf(parts).flatMap(fromStep);
    default:
      throw new TypeError(
        `a UI message's role must be system, user or assistant, got ${describeValue(role)}`,
      );
  }
}

/** What was said, and the results of its tools. */
function fromStep(parts: readonly UIMessagePart[]): AnyMessage[] {
  const calls = parts.filter(isCall);
  const [content = calls.length > 0 ? '' : undefined] = contentOf(parts);
  if (content === undefined) return [];
  return [
    new AIMessage({ content, tool_calls: calls.map(toCall) }),
    ...calls.map((part) => new ToolMessage(toResult(part))),
  ];
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

/** None where there is nothing for a model. */
function contentOf(parts: readonly UIMessagePart[]): [] | [MessageContent] {
  const blocks = parts.flatMap((part): ContentBlock[] => toBlock(part));
  const [first] = blocks;
  if (first === undefined) return [];
  return [blocks.length === 1 && first.type === 'text' ? (first['text'] as string) : blocks];
}

function checkPart(part: unknown, at: number): UIMessagePart {
  const type: unknown = (part as { type?: unknown } | null | undefined)?.type;
  if (typeof type === 'string') return part as UIMessagePart;
  throw new TypeError(`parts[${at}] must be an object with a type, got ${describeValue(part)}`);
}
