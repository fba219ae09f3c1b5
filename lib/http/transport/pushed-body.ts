import type { ByteSink, ByteSource } from '../../event-stream/byte-source.js';

/** Bytes that may wait for the sink, more than one read of a socket; then the connection does. */
const MOST_WAITING = 128 * 1024;

/** The connection that a body comes from. */
export interface BodyConnection {
  resume(): void;
  /** Closes it at once. */
  cancel(): void;
}

/**
 * @internal A body whose bytes are pushed into it. What is pushed in one turn is one piece for the sink: a read of a socket
 * brings many HTTP chunks, and each would cost as much as all of them.
 */
export class PushedBody implements ByteSource {
  readonly #connection: BodyConnection;
  #sink: ByteSink | undefined;
  #pieces: Uint8Array[] = [];
  #waiting = 0;
  #paused = false;
  /** Whether the connection was asked to wait. */
  #stalled = false;
  #isDue = false;
  #isOver = false;
  #ending: ((sink: ByteSink) => void) | undefined;

  constructor(connection: BodyConnection) {
    this.#connection = connection;
  }

  /** Takes some bytes. Returns whether the connection may bring more at once. */
  push(bytes: Uint8Array): boolean {
    this.#pieces.push(bytes);
    this.#waiting += bytes.byteLength;
    this.#flushSoon();
    this.#stalled = this.#paused || this.#waiting > MOST_WAITING;
    return !this.#stalled;
  }

  /** Nothing more comes: `ending` is called after what has come. */
  finish(ending: (sink: ByteSink) => void): void {
    this.#ending ??= ending;
    this.#flushSoon();
  }

  get ended(): boolean {
    return this.#ending !== undefined;
  }

  pipe(sink: ByteSink): void {
    this.#sink = sink;
    this.#isOver = false;
    this.#flushSoon();
    this.#unstall();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    // Not from within the consumer's call.
    this.#flushSoon();
    this.#unstall();
  }

  /** Nothing more comes, and what has come is dropped: a sink hears of it at once, also while it is paused. */
  abort(reason: unknown): void {
    this.#pieces = [];
    this.#paused = false;
    this.#ending ??= (sink) => {
      sink.lost(reason);
    };
    this.#giveEnding();
  }

  cancel(): void {
    this.#pieces = [];
    this.#sink = undefined;
    this.#connection.cancel();
  }

  #unstall(): void {
    if (!this.#stalled || this.#paused) return;
    this.#stalled = false;
    this.#connection.resume();
  }

  #flushSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(this.#flush);
  }

  readonly #flush = (): void => {
    this.#isDue = false;
    const pieces = this.#pieces;
    if (pieces.length > 0 && this.#sink !== undefined && !this.#paused) {
      this.#pieces = [];
      this.#waiting = 0;
      this.#sink.bytes(pieces);
      this.#unstall();
    }
    this.#giveEnding();
  };

  /** The sink may have paused it, or have been replaced, since. */
  #giveEnding(): void {
    const sink = this.#sink;
    const ending = this.#ending;
    if (sink === undefined || ending === undefined) return;
    if (this.#paused || this.#isOver || this.#pieces.length > 0) return;
    this.#isOver = true;
    ending(sink);
  }
}
