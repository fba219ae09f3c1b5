import { isObservable, Observable } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { NativeObservable } from './native-observable.js';

/**
 * The values of one of the platform's own Observables (`element.when('click')`, `new Observable(…)` in a browser), which
 * RxJS does not know as such.
 *
 * Each subscription subscribes to it, unsubscribing aborts that at once, also within a value. Errors pass.
 *
 * @example
 * // fromNativeObservable(button.when('click')).pipe(switchMap(() => model.stream$(input.value)))
 *
 * @see https://wicg.github.io/observable/
 */
export function fromNativeObservable<T>(native: NativeObservable<T>): Observable<T> {
  if (
    typeof (native as Partial<NativeObservable<T>> | undefined)?.subscribe !== 'function' ||
    isObservable(native)
  ) {
    throw new TypeError(
      `fromNativeObservable takes an Observable of the platform's, got ${isObservable(native) ? 'one of RxJS, which needs no adapter' : describeValue(native)}`,
    );
  }
  return new Observable((subscriber) => {
    if (subscriber.closed) return;
    const controller = new AbortController();
    // Before the values come: a synchronous source is to be stopped as well.
    subscriber.add(() => {
      controller.abort();
    });
    native.subscribe(
      {
        next: (value) => {
          subscriber.next(value);
        },
        error: (error) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
      },
      { signal: controller.signal },
    );
  });
}
