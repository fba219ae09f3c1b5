import { BaseGate } from './base-gate.js';

/** How a queue that will get no more values ended. */
type Ending = { readonly error: unknown } | 'complete';

interface Taker<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

/**
 * @internal Values put on one side and taken as promises on the other. Either side may be ahead, never both.
 * It is the gate of its own fullness: closed from `highWaterMark` values on, open again at half of that.
 */
export class PullQueue<T> extends BaseGate {
  readonly #highWaterMark: number;
  #values: T[] = [];
  /** Where the next value stands: a `shift` for each would move all others. */
  #head = 0;
  #takers: Taker<T>[] = [];
  #ending: Ending | undefined;

  constructor(highWaterMark: number) {
    super();
    this.#highWaterMark = highWaterMark;
  }

  get size(): number {
    return this.#values.length - this.#head;
  }

  override get closed(): boolean {
    return this.size >= this.#highWaterMark;
  }

  put(value: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#values.push(value);
    else taker.resolve({ done: false, value });
  }

  take(): Promise<IteratorResult<T, undefined>> {
    if (this.size > 0) {
      const value = this.#values[this.#head] as T;
      this.#head += 1;
      // Half of them taken: what is moved now has been paid for by as many that were not.
      if (this.#head * 2 >= this.#values.length) {
        this.#values = this.#values.slice(this.#head);
        this.#head = 0;
      }
      if (this.size * 2 <= this.#highWaterMark) this.openGate();
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      this.#takers.push({ resolve, reject });
      this.#settle();
    });
  }

  /** No more values come; those that wait can still be taken, and then the ending. */
  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#settle();
  }

  /** No more values are wanted. */
  discard(): void {
    this.#values = [];
    this.#head = 0;
    this.forgetWaiting();
    this.#ending = undefined;
    this.end('complete');
  }

  /** An error is given once; later calls get the end. */
  #settle(): void {
    if (this.#ending === undefined) return;
    for (const taker of this.#takers.splice(0)) {
      if (this.#ending === 'complete') {
        taker.resolve(DONE);
      } else {
        taker.reject(this.#ending.error);
        this.#ending = 'complete';
      }
    }
  }
}
