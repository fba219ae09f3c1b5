import { describeValue } from '../../core/internal/describe-value.js';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { errorToJson } from '../../errors/error-to-json.js';
import { coerceMessages } from '../../messages/coerce-messages.js';
import type { HumanMessage } from '../../messages/human-message.js';
import type { ConversationJson, ErrorJson } from '../conversation-state.js';
import { settleAnswer } from './growing-answer.js';
import { type ConversationData, NO_CONVERSATION } from './conversation-data.js';

/** @internal What is kept of a conversation; an answer under way as if it were stopped now. */
export function toConversationJson(data: ConversationData): ConversationJson {
  const { status, messages, pending, queued, replaced, usage, error, approved, kept } =
    settleAnswer(data);
  return {
    version: 1,
    status: status === 'loading' ? 'idle' : status,
    messages,
    pending,
    queued,
    replaced: replaced.map((each) => ({ messages: each.messages, ...errorOf(each.error) })),
    usage,
    approved,
    kept,
    ...errorOf(error),
  };
}

/** @internal The same as it was. Throws a `TypeError` for what is no conversation. */
export function fromConversationJson(json: ConversationJson): ConversationData {
  const { version } = Object(json) as Partial<ConversationJson>;
  if (version !== 1)
    throw new TypeError(
      `a stored conversation must have the version 1, got ${describeValue(version)}`,
    );
  const { status, messages, pending, queued, replaced, usage, error, approved, kept } = json;
  return {
    ...NO_CONVERSATION,
    status,
    messages: coerceMessages(messages),
    pending,
    queued: coerceMessages(queued) as readonly HumanMessage[],
    replaced: replaced.map((each) => ({
      messages: coerceMessages(each.messages),
      error: thrown(each.error),
    })),
    usage,
    error: thrown(error),
    approved,
    kept,
  };
}

function errorOf(error: unknown): { readonly error?: ErrorJson } {
  if (error === undefined) return {};
  const { name, message } = errorToJson(error);
  const code = attempt(() => (error as { readonly code?: unknown }).code);
  const own = typeof code === 'string' ? { code } : {};
  return { error: { name: String(name), message: String(message), ...own } };
}

function thrown(error: ErrorJson | undefined): Error | undefined {
  if (error === undefined) return undefined;
  const { name, message, code } = error;
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}
