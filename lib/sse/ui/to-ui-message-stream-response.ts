import type { ChatInput } from '../../chat/chat-input.js';
import type { SseSource } from '../server/sse-source.js';
import { toSseResponse } from '../server/to-sse-response.js';
import { uiFrames, type UIMessageStreamResponseOptions } from './ui-frames.js';

/**
 * Makes the `Response` that `useChat` and `DefaultChatTransport` of the AI SDK read: {@link toUIMessageStream} as server-sent
 * events, with the header of that protocol and `[DONE]` at the end. On Node, use {@link writeUIMessageStream}.
 *
 * The run begins when the body is read. While the body is not read, a source with backpressure is paused. Cancelling the
 * body, as when the client disconnects, cancels the run. Errors are sent in the stream, with a safe text.
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
