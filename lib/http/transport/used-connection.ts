import type { Builtins } from './builtins.js';

/** Where undici announces each request that it writes, with its connection. */
const CHANNEL = 'undici:client:sendHeaders';

/** The error codes of a connection that the server has closed. */
const CLOSED: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

interface Socket {
  readonly bytesRead: number;
}

/** @internal The connection that one request goes over, and whether an earlier request has used it. */
export class UsedConnection {
  readonly #builtin: Builtins;
  #socket: Socket | undefined;
  #bytesBefore = 0;

  constructor(builtin: Builtins) {
    this.#builtin = builtin;
  }

  /** Looks for the connection of the request that is written next: called just before it is. */
  watch(): void {
    const { subscribe, unsubscribe } = this.#builtin('node:diagnostics_channel');
    const note = (message: unknown) => {
      unsubscribe(CHANNEL, note);
      const { socket } = message as { readonly socket?: Socket };
      this.#socket = socket;
      this.#bytesBefore = socket?.bytesRead ?? 0;
    };
    subscribe(CHANNEL, note);
    // Of another protocol than HTTP/1 nothing is announced.
    queueMicrotask(() => {
      unsubscribe(CHANNEL, note);
    });
  }

  /**
   * Whether a request failed because the connection, which an earlier request had used, ended before a byte of the answer
   * came: the server may have closed it before it saw the request.
   */
  hasEnded(error: unknown): boolean {
    const { code } = Object(error) as { readonly code?: unknown };
    return (
      this.#bytesBefore > 0 && this.#socket?.bytesRead === this.#bytesBefore && CLOSED.has(code)
    );
  }
}
