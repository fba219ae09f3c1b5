import type { Gate } from '../core/demand/gate.js';
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
  /** Reading waits for the consumer (`true`), or goes on. */
  paused(paused: boolean): void;
}

/**
 * @internal Reads a body to its end as text, one read at a time and only while the gate is open.
 * Gives what stops that; the reader stays the caller's to cancel.
 */
export function readText(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  gate: Gate | undefined,
  handlers: ReadTextHandlers,
): () => void {
  const decode = utf8Decoder();
  let stopped = false;
  let takeBack: (() => void) | undefined;

  const onRead = ({ done, value }: ReadableStreamReadResult<Uint8Array>): void => {
    if (stopped) return;
    if (done) {
      handlers.text(decode(), 0);
      if (!isStopped()) handlers.end();
      return;
    }
    handlers.text(decode(value), value.byteLength);
    if (!isStopped()) readOn();
  };
  const onLost = (error: unknown): void => {
    if (!stopped) handlers.lost(error);
  };
  const onThrown = (error: unknown): void => {
    if (!stopped) handlers.error(error);
  };
  const read = (): void => {
    reader.read().then(onRead, onLost).catch(onThrown);
  };
  const readOn = (): void => {
    if (gate?.closed !== true) {
      read();
      return;
    }
    handlers.paused(true);
    takeBack = gate.onOpen(() => {
      handlers.paused(false);
      read();
    });
  };
  // A handler may stop it: the flag is read anew after each call.
  const isStopped = () => stopped;

  gate?.heed();
  readOn();
  return () => {
    stopped = true;
    takeBack?.();
  };
}
