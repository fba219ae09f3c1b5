import type { Subscription } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import type { SseSource } from '../server/sse-source.js';
import { uiFrames, type UIMessageStreamResponseOptions } from './ui-frames.js';
import { type FastifyReplyLike, type NodeResponse, writeSse } from '../server/write-sse.js';

/**
 * Answers a request on Node (`http`, `http2`, Express; Fastify by `reply.raw` after `reply.hijack()`) for `useChat` and
 * `DefaultChatTransport` of the AI SDK: {@link toUIMessageStream} as server-sent events, with `[DONE]` at the end. For Fetch
 * handlers use {@link toUIMessageStreamResponse}.
 *
 * A client that disconnects unsubscribes the run at once. While it does not read, a source with backpressure is paused.
 * Errors are sent in the stream, with a safe text. Unsubscribing the returned subscription cancels the run and ends the
 * response.
 *
 * @example
 * // app.post('/api/chat', express.json(), (request, response) => {
 * //   const messages = fromUIMessages(request.body.messages);
 * //   writeUIMessageStream(response, (config) => model.stream$(messages, config));
 * // });
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
 */
export function writeUIMessageStream(
  response: NodeResponse | FastifyReplyLike,
  source: SseSource<ChatInput>,
  options: UIMessageStreamResponseOptions = {},
): Subscription {
  const frames = uiFrames(source, options, 'writeUIMessageStream');
  return writeSse(response, frames.source, frames.options);
}
