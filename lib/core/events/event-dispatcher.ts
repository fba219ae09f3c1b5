import {
  type Called,
  type ListenerErrorHandler,
  reportListenerError,
} from './report-listener-error.js';
import type { RunEvent, RunListener } from './run-event.js';

/**
 * Dispatches the events of a tree of runs to its listeners, synchronously and to each in the same order.
 *
 * A listener may cause the next event while it handles one (it unsubscribes, say): then the others get the earlier
 * event first. A listener that throws does not change the run: its first error in this tree is reported, and it gets the
 * events that follow.
 */
export class EventDispatcher {
  #event: RunEvent | undefined;
  #listeners: readonly RunListener[] = [];
  #onError: ListenerErrorHandler | undefined;
  #next = 0;
  #failed: Set<RunListener> | undefined;

  dispatch(
    event: RunEvent,
    listeners: readonly RunListener[],
    onError?: ListenerErrorHandler,
  ): void {
    this.#finish();
    this.#event = event;
    this.#listeners = listeners;
    this.#onError = onError;
    this.#next = 0;
    this.#finish();
    this.#event = undefined;
  }

  #finish(): void {
    const event = this.#event;
    const onError = this.#onError;
    if (event === undefined) return;
    while (this.#event === event && this.#next < this.#listeners.length) {
      const listener = this.#listeners[this.#next++] as RunListener;
      try {
        const result = (listener as Called<RunListener>)(event);
        if (isPromise(result)) {
          result.then(undefined, (error: unknown) => {
            this.#report(error, event, listener, onError);
          });
        }
      } catch (error) {
        this.#report(error, event, listener, onError);
      }
    }
  }

  #report(
    error: unknown,
    event: RunEvent,
    listener: RunListener,
    onError: ListenerErrorHandler | undefined,
  ): void {
    this.#failed ??= new Set();
    if (this.#failed.has(listener)) return;
    this.#failed.add(listener);
    reportListenerError(error, { event, listener }, onError);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly then?: unknown }).then === 'function'
  );
}
