import { Subscription, throwError } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import { reportUnhandled } from '../core/report-unhandled.js';
import { RxlmError } from '../errors/rxlm-error.js';
import { primed } from './primed.js';
import { sendFrames } from './send-frames.js';
import { SSE_HEADERS } from './sse-headers.js';
import { checkSseOptions, type SseOptions } from './sse-options.js';
import { observableOf, type SseSource } from './sse-source.js';
import { type HttpError, toHttpError } from './to-http-error.js';

/** A response of Node's `http` or `http2`, and with it of Express and (`reply.raw`) of Fastify. */
export interface NodeResponse {
  readonly headersSent: boolean;
  readonly destroyed?: boolean;
  readonly writableEnded: boolean;
  /** Of `http2`. */
  readonly stream?: { readonly destroyed: boolean } | undefined;
  readonly req?: { readonly method?: string | undefined } | undefined;
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(text: string): boolean;
  end(text?: string): unknown;
  destroy?(): unknown;
  on(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
}

/** How a stream is written to a Node response. */
export interface WriteSseOptions<T> extends SseOptions<T> {
  /** Beside those of an event stream. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Waits for the first value before anything is sent: what fails before that is answered with a real HTTP status.
   *
   * @defaultValue false
   */
  readonly primed?: boolean | undefined;
}

/**
 * Answers a request on Node (`http`, `http2`, Express; Fastify by `reply.raw` after `reply.hijack()`) with what a run gives,
 * as server-sent events: chunks of `stream$`, events of `events$`, any values.
 *
 * The first bytes go at once, a frame for each value, and a last one `event: end` or `event: error`. A client that
 * disconnects unsubscribes the run at once, also while a drain is pending. While it takes nothing the source is asked to
 * wait, what waits is merged, and see {@link SseOptions} for what is too much. A `HEAD` runs nothing. The subscription that is returned lets go of
 * the run and ends the response.
 *
 * @example
 * // createServer((request, response) => {
 * //   writeSse(response, (config) => model.events$('Hi', config), { primed: true });
 * // });
 */
export function writeSse<T>(
  response: NodeResponse,
  source: SseSource<T>,
  options: WriteSseOptions<T> = {},
): Subscription {
  if (typeof (response as NodeResponse | undefined)?.writeHead !== 'function')
    throw new TypeError(`writeSse takes a response of Node, got ${describeValue(response)}`);
  checkSseOptions(options);
  observableOf(source);
  const sent = new Subscription();
  // `close` comes once: whoever has left before this has left for good.
  if (hasLeft(response)) {
    sent.unsubscribe();
    return sent;
  }
  // Frameworks give it to who answers GET, and nobody would read what a run costs.
  if (response.req?.method === 'HEAD') {
    if (!response.headersSent) response.writeHead(200, { ...SSE_HEADERS, ...options.headers });
    response.end();
    sent.unsubscribe();
    return sent;
  }
  response.on('close', () => {
    sent.unsubscribe();
  });
  // A socket that breaks closes as well.
  response.on('error', () => undefined);

  const begin = (begun: SseSource<T>) => {
    if (sent.closed) return;
    if (!response.headersSent) response.writeHead(200, { ...SSE_HEADERS, ...options.headers });
    const sending = sendFrames(
      begun,
      {
        write: (text) => response.write(text),
        end: () => response.end(),
        drop: () => response.destroy?.(),
      },
      options,
    );
    response.on('drain', () => {
      sending.resume();
    });
    sent.add(() => {
      sending.stop();
      if (!response.writableEnded) response.end();
    });
  };
  if (options.primed !== true) {
    begin(source);
    return sent;
  }
  const leaving = new AbortController();
  const answer = ({ status, headers, body }: HttpError) => {
    response.writeHead(status, { ...headers });
    response.end(body);
  };
  let hasBegun = false;
  sent.add(() => {
    leaving.abort('left');
    if (hasBegun || hasLeft(response)) return;
    if (response.headersSent) response.end();
    else answer(toHttpError(new RxlmError('writeSse: let go of', { code: 'overloaded' })));
  });
  primed(source, { signal: leaving.signal, scheduler: options.scheduler })
    .catch((error: unknown) => {
      if (response.headersSent) return throwError(() => error);
      if (!sent.closed) answer(toHttpError(error));
      return undefined;
    })
    .then((begun) => {
      if (sent.closed) return;
      hasBegun = true;
      if (begun !== undefined) begin(begun);
    })
    // Headers that Node refuses, say.
    .catch((error: unknown) => {
      sent.unsubscribe();
      response.destroy?.();
      reportUnhandled(error);
    });
  return sent;
}

/** A response of `http2` does not say so itself. */
function hasLeft({ destroyed, writableEnded, stream }: NodeResponse): boolean {
  return destroyed === true || writableEnded || stream?.destroyed === true;
}
