import type { AIMessageChunk } from '../ai-message-chunk.js';

/**
 * @internal Whether a chunk has anything that the model has made: text, thinking, a tool call. The empty chunk with
 * which a message begins has not, nor has one that only brings usage. A value that is no message chunk is content,
 * unless it is `''`.
 */
export function hasContent(chunk: unknown): boolean {
  if (typeof chunk !== 'object' || chunk === null || !('tool_call_chunks' in chunk))
    return chunk !== '';
  const { content, tool_call_chunks, tool_calls, invalid_tool_calls } = chunk as AIMessageChunk;
  return (
    content.length > 0 ||
    tool_call_chunks.length > 0 ||
    tool_calls.length > 0 ||
    invalid_tool_calls.length > 0
  );
}
