import type { Gate } from '../core/demand/gate.js';
import type { ByteSink, ByteSource } from './byte-source.js';
import { utf8Decoder } from './utf8-decoder.js';

export interface ReadTextHandlers {
  /** Some bytes have come, decoded; `size` is how many. */
  text(text: string, size: number): void;
  /** The body has ended by itself. */
  end(): void;
  /** The body broke off. */
  lost(error: unknown): void;
  /** A handler has thrown. */
  error(error: unknown): void;
  /** Reading waits for the consumer (`true`), or continues. */
  paused(paused: boolean): void;
}

/**
 * @internal Reads a body to its end as text, only while the gate is open. Returns a function that stops reading; the source
 * stays the caller's to cancel.
 */
export function readText(
  source: ByteSource,
  gate: Gate | undefined,
  handlers: ReadTextHandlers,
): () => void {
  const reading = new TextReading(source, gate, handlers);
  return () => {
    reading.stop();
  };
}

/** A class instead of closures: a thousand waiting streams have a thousand of each. */
class TextReading implements ByteSink {
  readonly #source: ByteSource;
  readonly #gate: Gate | undefined;
  readonly #handlers: ReadTextHandlers;
  readonly #decode = utf8Decoder();
  #stopped = false;
  #takeBack: (() => void) | undefined;

  constructor(source: ByteSource, gate: Gate | undefined, handlers: ReadTextHandlers) {
    this.#source = source;
    this.#gate = gate;
    this.#handlers = handlers;
    gate?.heed();
    this.#waitForGate();
    source.pipe(this);
  }

  bytes(pieces: readonly Uint8Array[]): void {
    let text = '';
    let size = 0;
    for (const piece of pieces) {
      text += this.#decode(piece);
      size += piece.byteLength;
    }
    this.#call(() => {
      this.#handlers.text(text, size);
      if (!this.#stopped) this.#waitForGate();
    });
  }

  end(): void {
    this.#call(() => {
      this.#handlers.text(this.#decode(), 0);
      if (!this.#stopped) this.#handlers.end();
    });
  }

  lost(error: unknown): void {
    this.#call(() => {
      this.#handlers.lost(error);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#takeBack?.();
    this.#takeBack = undefined;
  }

  #call(handle: () => void): void {
    if (this.#stopped) return;
    try {
      handle();
    } catch (error) {
      // A handler that has stopped the reading may throw as well.
      if (!this.#isStopped()) this.#handlers.error(error);
    }
  }

  /** A handler may stop it: the flag is read anew after each call. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  #waitForGate(): void {
    if (this.#gate?.closed !== true) return;
    this.#handlers.paused(true);
    this.#source.pause();
    this.#takeBack = this.#gate.onOpen(() => {
      this.#takeBack = undefined;
      this.#handlers.paused(false);
      this.#source.resume();
    });
  }
}
