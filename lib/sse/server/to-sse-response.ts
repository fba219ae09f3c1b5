import { type EdgeErrorContext, reportEdgeError } from '../frames/edge-errors.js';
import { primed } from './primed.js';
import { isRefusal } from './refusal-brand.js';
import { type Sending, sendFrames } from './send-frames.js';
import { checkHeaders, SSE_HEADERS } from './sse-headers.js';
import { checkSseOptions, type SseOptions } from './sse-options.js';
import { observableOf, refusedAtCall, type SseSource } from './sse-source.js';
import { toHttpError } from '../frames/to-http-error.js';

/** How a stream is sent as a `Response`. */
export interface SseResponseOptions<T> extends SseOptions<T> {
  /**
   * Beside those of an event stream, and on an answer that says a status. One that no server takes is a 500, and reported to
   * `onError`.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Bytes that wait in the body before the source is asked to wait. */
const BODY_BYTES = 64 * 1024;

/**
 * The `Response` of a Fetch handler (Hono, Next.js, Deno, Bun, workers) that sends what a run gives as server-sent events:
 * chunks of `stream$`, events of `events$`, any values.
 *
 * The run begins when the body is read, and is let go of when that is cancelled: when the client disconnects. The first
 * bytes come at once, a frame for each value, and a last one `event: end` or `event: error`. While the client takes nothing
 * the source is asked to wait, what waits is merged, and see {@link SseOptions} for what is too much. What fails before the
 * first value is an error in a 200: {@link primedSseResponse} gives it a status.
 *
 * @example
 * const response = toSseResponse(of('gold'), { heartbeatMs: false });
 * await response.text() // => ': ok\n\nid: 1\ndata: "gold"\n\nevent: end\nid: 2\ndata: {}\n\n'
 */
export function toSseResponse<T>(
  source: SseSource<T>,
  options: SseResponseOptions<T> = {},
): Response {
  return answer(source, options, 'toSseResponse', () =>
    responseOf(source, options, () => undefined, 'toSseResponse'),
  );
}

/** A response for a source that was not refused when it was made, with headers that can be sent. */
function answer<T, R>(
  source: SseSource<T>,
  options: SseResponseOptions<T>,
  edge: string,
  respond: () => R,
): R | Response {
  // Here, and not when the body is read, where nobody would hear of it.
  checkSseOptions(options);
  observableOf(source);
  const refused = refusedAtCall(source);
  if (refused !== undefined) return errorResponse(refused, options, edge);
  try {
    checkHeaders(options.headers);
  } catch (error) {
    return errorResponse(error, { ...options, headers: {} }, edge, 'edge');
  }
  return respond();
}

function errorResponse<T>(
  error: unknown,
  { headers, onError }: SseResponseOptions<T>,
  edge: string,
  when: EdgeErrorContext['when'] = isRefusal(error) ? 'request' : 'run',
): Response {
  const { body, status, headers: own } = toHttpError(error);
  reportEdgeError(error, { edge, when, status }, onError);
  return new Response(body, { status, headers: { ...checkHeaders(headers), ...own } });
}

/** `leave` lets go of what has begun before the body was read, if it never is. */
function responseOf<T>(
  source: SseSource<T>,
  options: SseResponseOptions<T>,
  leave: () => void,
  edge: string,
): Response {
  const encoder = new TextEncoder();
  let sending: Sending | undefined;
  const begin = (controller: ReadableStreamDefaultController<Uint8Array>) =>
    sendFrames(
      source,
      {
        write(text) {
          controller.enqueue(encoder.encode(text));
          return (controller.desiredSize ?? 0) > -BODY_BYTES;
        },
        end() {
          controller.close();
        },
        drop() {
          controller.error(new Error('the client took nothing for too long'));
        },
      },
      options,
      edge,
    );
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sending === undefined) sending = begin(controller);
        else sending.resume();
      },
      cancel() {
        if (sending === undefined) leave();
        else sending.stop();
      },
    },
    // A mark of zero: nothing is asked for before somebody reads.
    { highWaterMark: 0, size: (bytes) => bytes.byteLength },
  );
  return new Response(body, { headers: { ...SSE_HEADERS, ...checkHeaders(options.headers) } });
}

/**
 * A promise of the same response, once the first value has come; what fails before that is a response with a real HTTP
 * status, as of {@link toHttpError}. Aborting `signal` (the request's) lets go of a run that has not come that far.
 *
 * @example
 * const failing$ = throwError(() => new ModelError('anthropic: busy', { code: 'overloaded', provider: 'anthropic' }));
 * (await primedSseResponse(failing$)).status // => 503
 */
export async function primedSseResponse<T>(
  source: SseSource<T>,
  options: SseResponseOptions<T> & { readonly signal?: AbortSignal | undefined } = {},
): Promise<Response> {
  const edge = 'primedSseResponse';
  return answer(source, options, edge, async () => {
    try {
      const begun$ = await primed(source, options);
      const leave = () => {
        begun$.subscribe({ error: () => undefined }).unsubscribe();
      };
      return responseOf(begun$, options, leave, edge);
    } catch (error) {
      return errorResponse(error, options, edge);
    }
  });
}
