import { isObservable, type Observable, Subject, takeUntil } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { NativeObservable, NativeObservableConstructor } from './native-observable.js';

/**
 * An Observable of the platform's own kind with the values of one of RxJS: for browser code that works with
 * `subscribe(observer, { signal })` and the operators of the platform.
 *
 * Nothing is begun before it is subscribed to. Aborting the last `signal` unsubscribes at once. Errors pass. Beware that
 * the platform subscribes once for all who are subscribed at a time: they share one run, and one request.
 *
 * @param NativeObservable The class to make it of; `globalThis.Observable` by default, and where there is none, a
 * `TypeError` is thrown.
 *
 * @example
 * // const reply = toNativeObservable(model.stream$('Hi'));
 * // reply.subscribe((chunk) => output.append(chunk.text), { signal: AbortSignal.timeout(10_000) });
 *
 * @see https://wicg.github.io/observable/
 */
export function toNativeObservable<T>(
  source$: Observable<T>,
  NativeObservable: NativeObservableConstructor | undefined = platforms(),
): NativeObservable<T> {
  if (!isObservable(source$))
    throw new TypeError(
      `toNativeObservable takes an Observable of RxJS, got ${describeValue(source$)}`,
    );
  if (typeof NativeObservable !== 'function') {
    throw new TypeError(
      `toNativeObservable needs a class of native Observables, which this platform has not, got ${describeValue(NativeObservable)}. Pass one as the second argument`,
    );
  }
  return new NativeObservable<T>((subscriber) => {
    // Whose signal was aborted before is called back all the same.
    if (!subscriber.active) return;
    const left = new Subject<void>();
    // Not by the subscription: a synchronous source emits before there is one.
    subscriber.addTeardown(() => {
      left.next();
    });
    source$.pipe(takeUntil(left)).subscribe({
      next: (value) => {
        subscriber.next(value);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    });
  });
}

function platforms(): NativeObservableConstructor | undefined {
  return (globalThis as { Observable?: NativeObservableConstructor }).Observable;
}
