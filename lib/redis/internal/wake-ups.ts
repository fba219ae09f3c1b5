import { Watchers } from '../../runs/internal/wake-listeners.js';
import type { Engine, HintConnection } from './engine.js';

/**
 * @internal Wakes the watchers of channels. One connection serves all of them; it is open while there is a watcher, so that it
 * keeps no process alive.
 */
export class Hints {
  readonly #watchers = new Watchers();
  readonly #counts = new Map<string, number>();
  #connection: HintConnection | undefined;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `onReady` is called once messages arrive; earlier ones were lost. */
  watch(channel: string, wake: () => void, onReady?: () => void): () => void {
    const stop = this.#watchers.add(channel, wake);
    const count = (this.#counts.get(channel) ?? 0) + 1;
    this.#counts.set(channel, count);
    let isWatching = true;
    if (count === 1)
      this.#subscribe(channel, () => {
        if (isWatching) onReady?.();
      });
    return () => {
      if (!isWatching) return;
      isWatching = false;
      stop();
      this.#release(channel);
    };
  }

  #subscribe(channel: string, onReady: () => void): void {
    this.#connection ??= this.#engine.openHints((from) => {
      this.#watchers.wake(from);
    });
    // Hints may be lost: readers poll.
    this.#connection.subscribe(channel).then(onReady, () => undefined);
  }

  #release(channel: string): void {
    const count = (this.#counts.get(channel) ?? 0) - 1;
    if (count > 0) {
      this.#counts.set(channel, count);
      return;
    }
    this.#counts.delete(channel);
    const connection = this.#connection;
    if (this.#counts.size === 0) {
      this.#connection = undefined;
      connection?.close();
    } else connection?.unsubscribe(channel).catch(() => undefined);
  }
}
