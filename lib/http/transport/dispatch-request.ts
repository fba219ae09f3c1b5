import { builtins, type Builtins } from './builtins.js';
import { decodedBody } from './decoded-body.js';
import type { DispatchHandler, DispatchOptions, Dispatcher } from './dispatcher.js';
import { PushedBody } from './pushed-body.js';
import { RawHeaders } from './raw-headers.js';
import type { ReceivedResponse } from './received-response.js';
import { UsedConnection } from './used-connection.js';

/** Kept connections that may turn out to be closed, one after the other, before one is new. */
const MOST_CLOSED = 10;

export interface PostRequest {
  readonly url: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: string;
  /** Aborting it closes the connection. */
  readonly signal: AbortSignal;
}

/**
 * @internal POSTs a request by a dispatcher, whose connections push the bytes of the response. Rejects as `fetch` does: with the
 * reason of the signal, or with a `TypeError` whose cause says what went wrong.
 *
 * A request over a connection that was kept from an earlier one, and that ends before a byte of the answer, is sent again at
 * once: many servers close connections that they have promised to keep, and a client can't know before it writes.
 */
export function dispatchRequest(
  dispatcher: Dispatcher,
  request: PostRequest,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    request.signal.throwIfAborted();
    new Exchange(dispatcher, request, resolve, reject).send();
  });
}

class Exchange implements DispatchHandler {
  readonly #dispatcher: Dispatcher;
  readonly #options: DispatchOptions;
  readonly #signal: AbortSignal;
  readonly #resolve: (response: ReceivedResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #builtin = builtins() as Builtins;
  #connection = new UsedConnection(this.#builtin);
  #closed = 0;
  #body: PushedBody | undefined;
  #abortRequest: ((reason?: unknown) => void) | undefined;

  constructor(
    dispatcher: Dispatcher,
    { url, headers, body, signal }: PostRequest,
    resolve: (response: ReceivedResponse) => void,
    reject: (error: unknown) => void,
  ) {
    const { origin, pathname, search } = new URL(url);
    this.#dispatcher = dispatcher;
    this.#options = {
      origin,
      path: pathname + search,
      method: 'POST',
      headers: flatHeaders(headers),
      body,
      // The clocks of a call are its own, and stand still while its consumer is busy.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#abort);
  }

  send(): void {
    try {
      this.#dispatcher.dispatch(this.#options, this);
    } catch (error) {
      this.#fail(error);
    }
  }

  onConnect(abort: (reason?: unknown) => void): void {
    if (this.#signal.aborted) {
      abort(this.#signal.reason);
      return;
    }
    this.#abortRequest = abort;
    this.#connection.watch();
  }

  onUpgrade(_: number, __: unknown, socket: { destroy(): void }): void {
    socket.destroy();
    this.#fail(new Error('the server wants another protocol'));
  }

  onHeaders(status: number, rawHeaders: readonly Uint8Array[], resume: () => void): boolean {
    // Informational: the answer is still to come.
    if (status < 200) return true;
    const headers = new RawHeaders(rawHeaders);
    const body = new PushedBody({ resume, cancel: () => this.#abortRequest?.() });
    this.#body = body;
    try {
      const coding = headers.get('content-encoding');
      this.#resolve({ status, headers, body: decodedBody(coding, body, this.#builtin) });
    } catch (error) {
      this.#fail(error);
      this.#abortRequest?.();
    }
    return true;
  }

  onData(bytes: Uint8Array): boolean {
    return this.#body?.push(bytes) ?? true;
  }

  onComplete(): void {
    this.#release();
    this.#body?.finish((sink) => {
      sink.end();
    });
  }

  onError(error: unknown): void {
    const body = this.#body;
    if (body !== undefined) {
      this.#release();
      body.finish((sink) => {
        sink.lost(error);
      });
    } else if (
      !this.#signal.aborted &&
      this.#connection.hasEnded(error) &&
      this.#closed < MOST_CLOSED
    ) {
      this.#closed += 1;
      this.#connection = new UsedConnection(this.#builtin);
      this.#abortRequest = undefined;
      this.send();
    } else this.#fail(error);
  }

  readonly #abort = (): void => {
    this.#release();
    this.#reject(this.#signal.reason);
    this.#abortRequest?.(this.#signal.reason);
    this.#body?.abort(this.#signal.reason);
  };

  #fail(cause: unknown): void {
    this.#release();
    const { aborted, reason } = this.#signal as { readonly aborted: boolean; reason: unknown };
    this.#reject(aborted ? reason : new TypeError('fetch failed', { cause }));
  }

  #release(): void {
    this.#signal.removeEventListener('abort', this.#abort);
  }
}

/** Names and values in turn. Nothing is gained by compressing each of many small pieces. */
function flatHeaders(headers: Iterable<readonly [string, string]>): string[] {
  const sent = [...headers];
  const hasCoding = sent.some(([name]) => name === 'accept-encoding');
  return [...sent.flat(), ...(hasCoding ? [] : ['accept-encoding', 'identity'])];
}
