import type { Gate } from './gate.js';

/** @internal A gate with the sources that wait at it. Subclasses say when it is closed and call `openGate`. */
export abstract class BaseGate implements Gate {
  /** Whether a source has said that it respects this gate. */
  heeded = false;
  #waiting: (() => void)[] = [];

  abstract get closed(): boolean;

  heed(): void {
    this.heeded = true;
  }

  onOpen(callback: () => void): () => void {
    this.#waiting.push(callback);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== callback);
    };
  }

  /** Calls back every source that waits, once. */
  protected openGate(): void {
    if (this.#waiting.length === 0) return;
    for (const callback of this.#waiting.splice(0)) callback();
  }

  /** Forgets the sources that wait: no value is wanted any more. */
  protected forgetWaiting(): void {
    this.#waiting = [];
  }
}
