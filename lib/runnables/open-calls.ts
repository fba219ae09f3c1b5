import type { AIMessage } from '../messages/ai-message.js';
import type { FinishReason } from '../messages/finish-reason.js';
import type { InvalidToolCall, ToolCall } from '../messages/tool-call.js';

const NEVER_RUN: ReadonlySet<unknown> = new Set<FinishReason>([
  'length',
  'content_filter',
  'error',
]);

/**
 * @internal The calls that a whole message leaves to be answered before the model can go on, as it made them one after
 * the other. Calls decide, not why the message ended: a provider may say `stop` all the same. Only of a message that
 * was cut off, refused or broken off none is to be run.
 */
export function openCalls(message: AIMessage): readonly (ToolCall | InvalidToolCall)[] {
  const { content, tool_calls, invalid_tool_calls } = message;
  if (NEVER_RUN.has(message.finish_reason)) return [];
  if (invalid_tool_calls.length === 0) return tool_calls;
  const ids = typeof content === 'string' ? [] : content.map((block) => block['id']);
  return [...tool_calls, ...invalid_tool_calls].sort(
    (a, b) => ids.indexOf(a.id) - ids.indexOf(b.id),
  );
}

/** @internal Whether the provider has only interrupted the turn, to go on where it is called again. */
export function isPaused(message: AIMessage): boolean {
  return message.finish_reason === 'pause';
}
