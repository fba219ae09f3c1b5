import type { AIMessage } from '../messages/ai-message.js';
import type { InvalidToolCall, ToolCall } from '../messages/tool-call.js';

/**
 * @internal The calls that a whole message leaves to be answered before the model can go on, as it made them one after
 * the other: those of a message that stopped for them. A model that says nothing of stop reasons stops for its calls.
 */
export function openCalls(message: AIMessage): readonly (ToolCall | InvalidToolCall)[] {
  const { content, tool_calls, invalid_tool_calls } = message;
  if ((stopReason(message) ?? 'tool_use') !== 'tool_use') return [];
  if (invalid_tool_calls.length === 0) return tool_calls;
  const ids = typeof content === 'string' ? [] : content.map((block) => block['id']);
  return [...tool_calls, ...invalid_tool_calls].sort(
    (a, b) => ids.indexOf(a.id) - ids.indexOf(b.id),
  );
}

/** @internal Whether the provider has only interrupted the turn, to go on where it is called again. */
export function isPaused(message: AIMessage): boolean {
  return stopReason(message) === 'pause_turn';
}

function stopReason({ response_metadata }: AIMessage): unknown {
  return response_metadata['stop_reason'];
}
