import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { RequestLog, SocketLog } from './seen-request.js';

/**
 * One request and the answer being given to it, down to the socket. Nothing here rejects: what waits
 * settles with `false` as soon as the client is gone, and what is sent after that goes nowhere.
 */
export class Exchange {
  /** The `request-id` of the answer. */
  readonly requestId: string;
  readonly seen: RequestLog;
  /** Settles when the answer is over, finished or not. */
  readonly gone: Promise<void>;
  readonly #response: ServerResponse;
  readonly #socket: SocketLog;
  #isGone = false;
  #settle: ((there: boolean) => void) | undefined;

  constructor(response: ServerResponse, socket: SocketLog, seen: RequestLog, requestId: string) {
    this.#response = response;
    this.#socket = socket;
    this.seen = seen;
    this.requestId = requestId;
    this.gone = new Promise((resolve) => {
      response.once('close', () => {
        this.#isGone = true;
        this.#settled(false);
        resolve();
      });
    });
  }

  get begun(): boolean {
    return this.#response.headersSent;
  }

  /** Sends status and headers at once. */
  head(status: number, headers: OutgoingHttpHeaders = {}): void {
    if (this.#isGone) return;
    this.#response.writeHead(status, { 'request-id': this.requestId, ...headers });
    this.#response.flushHeaders();
  }

  /**
   * Writes `bytes` as one socket write and settles when the kernel has taken them, with `false` if the
   * client left before: what a stalled client lets through is at most what the two kernels buffer.
   */
  write(bytes: Uint8Array): Promise<boolean> {
    if (bytes.length === 0) return Promise.resolve(!this.#isGone);
    return this.#wait(() => {
      this.#response.write(bytes, (error) => {
        if (error) return;
        this.seen.sent.bytes += bytes.length;
        // A turn of the event loop, or a client in this process would find several writes in one read.
        setImmediate(() => {
          this.#settled(true);
        });
      });
    });
  }

  /** Ends the answer as HTTP ends it; the connection lives on. */
  end(): Promise<boolean> {
    return this.#wait(() => {
      this.#response.end(() => {
        this.seen.finished = true;
        if (!this.#response.shouldKeepAlive) this.#socket.closer = 'server';
        this.#settled(true);
      });
    });
  }

  /** Waits `ms` milliseconds, or until the client is gone. */
  wait(ms: number): Promise<boolean> {
    return this.#wait(() => {
      const timer = setTimeout(() => {
        this.#settled(true);
      }, ms);
      return () => {
        clearTimeout(timer);
      };
    });
  }

  /** Writes bytes past HTTP: onto the socket, as they are. */
  writeRaw(text: string): void {
    this.#response.socket?.write(text);
  }

  /** Closes the connection in the middle of things: FIN. */
  hangUp(): Promise<void> {
    this.#socket.closer = 'server';
    this.#response.socket?.destroySoon();
    return this.gone;
  }

  /** Breaks the connection: RST. */
  async reset(): Promise<void> {
    // A reset may overtake what is still on its way to the reader.
    await this.wait(20);
    if (!this.#isGone) this.#socket.closer = 'server';
    this.#response.socket?.resetAndDestroy();
    return this.gone;
  }

  // One thing at a time is awaited, so one slot is enough, and an endless answer piles up no listeners.
  #wait(begin: () => (() => void) | undefined): Promise<boolean> {
    if (this.#isGone) return Promise.resolve(false);
    return new Promise((resolve) => {
      const stop = begin();
      this.#settle = (there) => {
        stop?.();
        resolve(there);
      };
    });
  }

  #settled(there: boolean): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(there);
  }
}
