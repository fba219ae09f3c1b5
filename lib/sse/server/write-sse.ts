import { Subscription, throwError } from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { describeValue } from '../../core/internal/describe-value.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import { type EdgeErrorContext, reportEdgeError } from '../frames/edge-errors.js';
import { primed } from './primed.js';
import { isRefusal } from './refusal-brand.js';
import { sendFrames } from './send-frames.js';
import { checkHeaders, SSE_HEADERS } from './sse-headers.js';
import { checkSseOptions, type SseOptions } from './sse-options.js';
import { observableOf, refusedAtCall, type SseSource } from './sse-source.js';
import { toHttpError } from '../frames/to-http-error.js';

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

/** A reply of Fastify: the headers of its hooks are sent, and it is hijacked. */
export interface FastifyReplyLike {
  readonly raw: NodeResponse & { setHeader(name: string, value: never): unknown };
  hijack(): unknown;
  getHeaders(): object;
}

/** How a stream is written to a Node response. */
export interface WriteSseOptions<T> extends SseOptions<T> {
  /**
   * Beside those of an event stream, and on an answer that says a status. One that Node refuses is a 500, and reported to
   * `onError`.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Waits for the first value before anything is sent: what fails before that is answered with a real HTTP status.
   *
   * @defaultValue false
   */
  readonly primed?: boolean | undefined;
}

/**
 * Answers a request on Node (`http`, `http2`, Express, or a reply of Fastify with the headers of its hooks) with the values
 * of a run as server-sent events: chunks of `stream$`, events of `events$`, or any values.
 *
 * The first bytes are sent at once, then a frame for each value, and at the end `event: end` or `event: error`. A client
 * that disconnects unsubscribes the run at once, also while a drain is pending. While it does not read, the source is paused
 * and pending values are merged; {@link SseOptions} has the limits. A `HEAD` request runs nothing. No failure here (an
 * invalid header, an error of your function, the socket) ends the process: `onError` receives it. Unsubscribing the returned
 * subscription cancels the run and ends the response.
 *
 * @example
 * // createServer((request, response) => {
 * //   writeSse(response, (config) => model.events$('Hi', config), { primed: true });
 * // });
 */
export function writeSse<T>(
  target: NodeResponse | FastifyReplyLike,
  source: SseSource<T>,
  options: WriteSseOptions<T> = {},
): Subscription {
  const response = isReply(target) ? target.raw : target;
  if (typeof (response as NodeResponse | undefined)?.writeHead !== 'function')
    throw new TypeError(`writeSse takes a response of Node, got ${describeValue(response)}`);
  checkSseOptions(options);
  observableOf(source);
  const { scheduler, onError } = options;
  if (isReply(target)) takeOver(target);
  const sent = new Subscription();
  const report = (error: unknown, when: EdgeErrorContext['when'], status?: number) => {
    reportEdgeError(error, { edge: 'writeSse', when, status }, onError);
  };
  /** From here on no caller can catch an error: thrown in a callback of the socket or a timer it would end the process. */
  const safely = (work: () => void) => {
    try {
      work();
    } catch (error) {
      report(error, 'edge');
      attempt(() => response.destroy?.());
    }
  };
  const leave = () => {
    safely(() => {
      sent.unsubscribe();
    });
  };
  // `close` is emitted once: for a client that has already disconnected it will not come.
  if (hasLeft(response)) {
    leave();
    return sent;
  }
  response.on('close', leave);
  // A socket that breaks closes as well.
  response.on('error', () => undefined);

  let headers: Record<string, string> = {};
  const answer = (error: unknown, when: EdgeErrorContext['when']) => {
    const { status, headers: own, body } = toHttpError(error);
    const isSent = response.headersSent;
    report(error, when, isSent ? undefined : status);
    safely(() => {
      if (!isSent) response.writeHead(status, { ...headers, ...own });
      response.end(isSent ? undefined : body);
    });
  };
  const refused = refusedAtCall(source);
  try {
    headers = checkHeaders(options.headers);
  } catch (error) {
    answer(error, 'edge');
    leave();
    return sent;
  }
  // Frameworks route `HEAD` to GET handlers, and the paid answer would not be read.
  const isHead = response.req?.method === 'HEAD';
  if (refused !== undefined || isHead) {
    if (refused !== undefined) answer(refused, 'request');
    else
      safely(() => {
        if (!response.headersSent) response.writeHead(200, { ...SSE_HEADERS, ...headers });
        response.end();
      });
    leave();
    return sent;
  }

  const begin = (begun: SseSource<T>) => {
    if (sent.closed) return;
    if (!response.headersSent) response.writeHead(200, { ...SSE_HEADERS, ...headers });
    const sending = sendFrames(
      begun,
      {
        write: (text) => response.write(text),
        end: () => response.end(),
        drop: () => response.destroy?.(),
      },
      options,
      'writeSse',
    );
    response.on('drain', () => {
      safely(() => {
        sending.resume();
      });
    });
    sent.add(() => {
      sending.stop();
      if (!response.writableEnded) response.end();
    });
  };
  if (options.primed !== true) {
    safely(() => {
      begin(source);
    });
    return sent;
  }
  const leaving = new AbortController();
  let hasBegun = false;
  sent.add(() => {
    leaving.abort('left');
    if (hasBegun || hasLeft(response)) return;
    if (response.headersSent) response.end();
    else answer(new RxlmError(UNSUBSCRIBED, { code: 'overloaded' }), 'run');
  });
  primed(source, { signal: leaving.signal, scheduler, onError }).then(
    (begun) => {
      if (sent.closed) return;
      hasBegun = true;
      safely(() => {
        begin(begun);
      });
    },
    (error: unknown) => {
      if (sent.closed) return;
      hasBegun = true;
      if (!response.headersSent) answer(error, isRefusal(error) ? 'request' : 'run');
      else
        safely(() => {
          begin(throwError(() => error));
        });
    },
  );
  return sent;
}

const UNSUBSCRIBED =
  'writeSse: its subscription was unsubscribed before the run emitted a value, so the client gets 503. ' +
  'Unsubscribe it to stop a server only; a client that disconnects cancels its run by itself';

function isReply(target: NodeResponse | FastifyReplyLike): target is FastifyReplyLike {
  return typeof (target as Partial<FastifyReplyLike> | undefined)?.hijack === 'function';
}

function takeOver(reply: FastifyReplyLike): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()) as [string, never][])
    attempt(() => reply.raw.setHeader(name, value));
}

/** A response of `http2` does not say so itself. */
function hasLeft({ destroyed, writableEnded, stream }: NodeResponse): boolean {
  return destroyed === true || writableEnded || stream?.destroyed === true;
}
