import type {
  NativeObservable,
  NativeObserver,
  NativeSubscriber,
} from '../../lib/adapters/native-observable.js';

/** Where the platform reports errors that nobody handles. */
export const reported: unknown[] = [];

function guarded(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    reported.push(error);
  }
}

class PlatformSubscriber<T> implements NativeSubscriber<T> {
  active = true;
  readonly observers: NativeObserver<T>[] = [];
  readonly teardowns: (() => void)[] = [];
  readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  next(value: T): void {
    if (!this.active) return;
    for (const observer of [...this.observers]) guarded(() => observer.next?.(value));
  }

  error(error: unknown): void {
    if (!this.active) {
      reported.push(error);
      return;
    }
    this.close(error);
    for (const observer of [...this.observers])
      guarded(() => {
        if (observer.error === undefined) throw error;
        observer.error(error);
      });
  }

  complete(): void {
    if (!this.active) return;
    this.close();
    for (const observer of [...this.observers]) guarded(() => observer.complete?.());
  }

  addTeardown(teardown: () => void): void {
    if (this.active) this.teardowns.push(teardown);
    else guarded(teardown);
  }

  /** The spec's "close a subscription": first the signal, then the teardowns, the last one first. */
  close(reason?: unknown): void {
    if (!this.active) return;
    this.active = false;
    this.controller.abort(reason);
    for (const teardown of this.teardowns.reverse()) guarded(teardown);
  }

  watch(observer: NativeObserver<T>, signal: AbortSignal | undefined): void {
    this.observers.push(observer);
    const leave = () => {
      this.observers.splice(this.observers.indexOf(observer), 1);
      if (this.observers.length === 0) this.close(signal?.reason);
    };
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true, signal: this.signal });
  }
}

/**
 * A stand-in for the platform's `Observable`, which Node has not, by the algorithms of the specification: one
 * subscription to the producer serves all who are subscribed at a time.
 *
 * @see https://wicg.github.io/observable/
 */
export class PlatformObservable<T> implements NativeObservable<T> {
  readonly #callback: (subscriber: NativeSubscriber<T>) => void;
  #subscriber: PlatformSubscriber<T> | undefined;

  constructor(callback: (subscriber: NativeSubscriber<T>) => void) {
    this.#callback = callback;
  }

  subscribe(
    observer: NativeObserver<T> | ((value: T) => void) = {},
    { signal }: { signal?: AbortSignal } = {},
  ): void {
    const observing = typeof observer === 'function' ? { next: observer } : observer;
    if (this.#subscriber?.active === true) {
      if (signal?.aborted !== true) this.#subscriber.watch(observing, signal);
      return;
    }
    const subscriber = (this.#subscriber = new PlatformSubscriber<T>());
    subscriber.watch(observing, signal);
    try {
      this.#callback(subscriber);
    } catch (error) {
      subscriber.error(error);
    }
  }
}
