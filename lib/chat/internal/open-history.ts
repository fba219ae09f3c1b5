import { AIMessage, type AIMessageFields } from '../../messages/ai-message.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { approvedCall } from '../../messages/approved-call.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import { callsOf, notRun, openCalls } from '../../runnables/agent/unanswered-calls.js';
import type { PendingCall } from '../conversation-state.js';

/** @internal The calls at the end of a history that somebody may still answer: of a message that is whole, with an id. */
export function pendingCalls(
  messages: readonly AnyMessage[],
  states: ReadonlyMap<string, 'requested' | 'elsewhere'>,
): PendingCall[] {
  const last = lastAnswer(messages);
  if (last === undefined) return [];
  const mayRun = new Set(openCalls(last));
  return unanswered(messages).flatMap((call) => {
    const { id } = call;
    if (call.type !== 'tool_call' || id === undefined || !mayRun.has(call)) return [];
    const needs = states.get(id) === 'requested' ? 'approval' : 'result';
    return [{ call: { ...call, id }, needs }];
  });
}

/** @internal The history with a result for each call at its end, except for those whose ids are `left` open. */
export function closeHistory(
  messages: readonly AnyMessage[],
  left: readonly string[],
  why: string,
): readonly AnyMessage[] {
  const open = unanswered(messages).filter(({ id }) => id === undefined || !left.includes(id));
  return open.length === 0 ? messages : [...messages, ...open.map((call) => notRun(call, why))];
}

/** @internal The history with the approved ones of the calls at its end marked, for an agent to run them. */
export function markApproved(
  messages: readonly AnyMessage[],
  approved: readonly string[],
): readonly AnyMessage[] {
  const last = lastAnswer(messages);
  if (last === undefined || approved.length === 0) return messages;
  const tool_calls = last.tool_calls.map((call) =>
    call.id !== undefined && approved.includes(call.id) ? approvedCall(call) : call,
  );
  return messages.with(
    messages.lastIndexOf(last),
    new AIMessage({ ...(last as AIMessageFields), tool_calls }),
  );
}

/** The message that only results of its calls follow. */
function lastAnswer(messages: readonly AnyMessage[]): AIMessage | undefined {
  const last = messages.findLast(({ type }) => type !== 'tool');
  return last?.type === 'ai' ? last : undefined;
}

function unanswered(messages: readonly AnyMessage[]): readonly (ToolCall | InvalidToolCall)[] {
  const last = lastAnswer(messages);
  if (last === undefined) return [];
  const results = messages.slice(messages.lastIndexOf(last) + 1);
  const answered = new Set(
    results.flatMap((each) => (each.type === 'tool' ? [each.tool_call_id] : [])),
  );
  return callsOf(last).filter(({ id = '' }) => !answered.has(id));
}
