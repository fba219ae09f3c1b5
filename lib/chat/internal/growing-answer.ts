import type { AIMessage } from '../../messages/ai-message.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { replaceUsage } from '../../messages/internal/replace-usage.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import type { ArgsReader } from '../chat-input.js';
import type { ConversationData } from './conversation-data.js';
import { GrowingChat } from './growing-chat.js';
import { closeHistory, markApproved, pendingCalls } from './open-history.js';

/** @internal Begins the answer to what the messages end with. */
export function beginAnswer(
  data: ConversationData,
  readArgs: (() => ArgsReader) | undefined,
): ConversationData {
  const { messages, approved } = data;
  return {
    ...data,
    status: 'submitted',
    error: undefined,
    pending: [],
    kept: messages.length,
    answer: { chat: new GrowingChat(readArgs), asked: markApproved(messages, approved) },
  };
}

/**
 * @internal Ends the answer under way with what there is of it: as it has ended itself, or as stopped. What can be answered
 * later stays open only where it has ended itself.
 */
export function settleAnswer(data: ConversationData): ConversationData {
  const { answer, messages: asked, usage } = data;
  if (answer === undefined) return data;
  const { state, pending: states } = answer.chat;
  const isOver = state.status !== 'submitted' && state.status !== 'streaming';
  const status = isOver ? state.status : 'stopped';
  const said = state.messages.filter(saysSomething);
  const messages = [...asked, ...said];
  const pending = status === 'done' ? pendingCalls(messages, states) : [];
  const open = pending.map(({ call }) => call.id);
  const why = status === 'done' ? 'it cannot be' : 'the run was stopped before';
  return {
    ...data,
    status,
    messages: closeHistory(messages, open, why),
    pending,
    approved: status === 'done' ? [] : data.approved,
    kept: asked.length + said.findLastIndex(({ type }) => type === 'tool') + 1,
    usage: sumOf(usage, state.usage),
    error: state.error,
    answer: undefined,
  };
}

function saysSomething(message: AIMessage | ToolMessage): boolean {
  if (message.type === 'tool') return true;
  const { content, tool_calls, invalid_tool_calls } = message;
  return content.length + tool_calls.length + invalid_tool_calls.length > 0;
}

/** @internal The messages that an answer under way goes on from, once its latest attempt is given up. */
export function retried(data: ConversationData): ConversationData {
  const { kept, approved, replaced, error } = data;
  const dropped = data.messages.slice(kept);
  const messages = closeHistory(
    data.messages.slice(0, kept),
    approved,
    'the run was stopped before',
  );
  return {
    ...data,
    messages,
    replaced:
      error === undefined && dropped.length === 0
        ? replaced
        : [...replaced, { messages: dropped, error }],
  };
}

/** @internal */
export function sumOf(
  a: UsageMetadata | undefined,
  b: UsageMetadata | undefined,
): UsageMetadata | undefined {
  return a === undefined || b === undefined ? (a ?? b) : replaceUsage(a, undefined, b);
}
