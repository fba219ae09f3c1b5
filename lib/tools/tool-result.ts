import type { ContentBlock, MessageContent } from '../messages/content.js';
import type { InvalidToolCall, ToolCall } from '../messages/tool-call.js';
import { ToolMessage } from '../messages/tool-message.js';

/** @internal What a call came to, for the model: text and content blocks as they are, anything else as JSON. */
export function toolResult(call: ToolCall, result: unknown): ToolMessage {
  return answer(call, contentOf(result), 'success');
}

/** @internal Why a call came to nothing, for the model. */
export function toolFailure(call: ToolCall | InvalidToolCall, reason: string): ToolMessage {
  return answer(call, reason, 'error');
}

function answer(
  { id = '', name }: ToolCall | InvalidToolCall,
  content: MessageContent,
  status: ToolMessage['status'],
): ToolMessage {
  return new ToolMessage({ content, tool_call_id: id, name, status });
}

function contentOf(result: unknown): MessageContent {
  if (typeof result === 'string') return result;
  if (Array.isArray(result) && result.length > 0 && result.every(isResultBlock)) return result;
  return result === undefined ? '' : JSON.stringify(result);
}

/** The blocks that providers take in a result; rows of data have a `type` now and then, too. */
const RESULT_BLOCKS: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'image_url',
  'audio',
  'video',
  'file',
  'document',
  'search_result',
  'tool_reference',
]);

function isResultBlock(value: unknown): value is ContentBlock {
  return (
    typeof value === 'object' && value !== null && 'type' in value && RESULT_BLOCKS.has(value.type)
  );
}
