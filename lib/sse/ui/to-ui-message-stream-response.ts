import type { ChatInput } from '../../chat/chat-input.js';
import type { SseSource } from '../server/sse-source.js';
import { toSseResponse } from '../server/to-sse-response.js';
import { uiFrames, type UIMessageStreamResponseOptions } from './ui-frames.js';

/**
 * The `Response` that `useChat` and `DefaultChatTransport` of the AI SDK read: {@link toUIMessageStream} as server-sent
 * events, with the header that says so, and `[DONE]` at the end. On Node, {@link writeUIMessageStream} does the same.
 *
 * The run begins when the body is read; while nobody reads, a source that can wait is asked to; cancelling the body, as when
 * the client disconnects, lets go of the run. Errors are told in the stream, with a safe text.
 *
 * @example
 * const response = toUIMessageStreamResponse(of('gold'));
 * response.headers.get('x-vercel-ai-ui-message-stream') // => 'v1'
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
 */
export function toUIMessageStreamResponse(
  source: SseSource<ChatInput>,
  options: UIMessageStreamResponseOptions = {},
): Response {
  const frames = uiFrames(source, options, 'toUIMessageStreamResponse');
  return toSseResponse(frames.source, frames.options);
}
