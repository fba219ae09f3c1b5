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
 * Makes the `Response` of a Fetch handler (Hono, Next.js, Deno, Bun, workers) that sends the values of a run as server-sent
 * events: chunks of `stream$`, events of `events$`, or any values.
 *
 * The run begins when the body is read, and is cancelled when the body is cancelled, as when the client disconnects. The
 * first bytes are sent at once, then a frame for each value, and at the end `event: end` or `event: error`. While the
 * client does not read, the source is paused and pending values are merged; {@link SseOptions} has the limits. A failure
 * before the first value is an error in a 200; use {@link primedSseResponse} for a real status.
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
  // Here, because an error while the body is read would reach no caller.
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

/** `leave` cancels a run that has begun before the body is read, if the body is never read. */
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
    // A mark of zero: nothing is requested before the first read.
    { highWaterMark: 0, size: (bytes) => bytes.byteLength },
  );
  return new Response(body, { headers: { ...SSE_HEADERS, ...checkHeaders(options.headers) } });
}

/**
 * Returns a promise of the same response, resolved when the first value has arrived. A failure before the first value is a
 * response with a real HTTP status, see {@link toHttpError}. Aborting `signal` (of the request) before that cancels the run.
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
