import { concat, map, of } from 'rxjs';
import { pullFrom } from '../core/to-async-iterable.js';
import { GATE } from '../core/gate.js';
import type { ChatInput } from '../operators/growing-chat.js';
import { encodeFrame } from './sse-frame.js';
import { SSE_HEADERS } from './sse-headers.js';
import { observableOf, type SseSource } from './sse-source.js';
import { toUIMessageStream } from './to-ui-message-stream.js';
import type { UIMessageStreamOptions } from './ui-options.js';

/**
 * The `Response` that `useChat` and `DefaultChatTransport` of the AI SDK read: {@link toUIMessageStream} as server-sent
 * events, with the header that says so, and `[DONE]` at the end.
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
  options: UIMessageStreamOptions & {
    /** Beside those of the protocol. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
  } = {},
): Response {
  const { headers, ...streamOptions } = options;
  const source$ = observableOf(source);
  const toStream = toUIMessageStream(streamOptions);
  const encoder = new TextEncoder();
  const frames = pullFrom((gate) =>
    concat(
      source$({ [GATE]: gate }).pipe(
        toStream,
        map((chunk) => JSON.stringify(chunk)),
      ),
      of('[DONE]'),
    ).pipe(map((data) => encoder.encode(encodeFrame({ data })))),
  );
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const result = await frames.next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        await frames.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { ...SSE_HEADERS, 'x-vercel-ai-ui-message-stream': 'v1', ...headers },
  });
}
