import { Observable } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { pullInto } from './internal/pull-into.js';

/**
 * The values of an async iterable, begun anew for each subscription.
 *
 * `open` is given a signal that is aborted when the subscriber leaves: pass it to whatever is behind the iterable, and
 * leaving cancels that at once, even while it is silent (`return()` alone waits for the pending `next()`).
 * An iterable may be passed as well; then leaving calls its `return()`. Errors pass.
 * It is asked for its next value only when the consumer can take one, where that can be known.
 *
 * @example
 * async function* words() { yield 'gold'; yield 'fish'; }
 * await lastValueFrom(fromAsyncIterable(() => words()).pipe(toArray())) // => ['gold', 'fish']
 */
export function fromAsyncIterable<T>(
  open: AsyncIterable<T> | ((signal: AbortSignal) => AsyncIterable<T>),
): Observable<T> {
  if (
    typeof open !== 'function' &&
    typeof (open as Partial<AsyncIterable<T>> | undefined)?.[Symbol.asyncIterator] !== 'function'
  ) {
    throw new TypeError(
      `fromAsyncIterable takes an async iterable or a function that opens one, got ${describeValue(open)}`,
    );
  }
  return new Observable((subscriber) => {
    if (subscriber.closed) return;
    const controller = new AbortController();
    const iterable = typeof open === 'function' ? open(controller.signal) : open;
    const iterator = iterable[Symbol.asyncIterator]();
    return pullInto(
      subscriber,
      async () => iterator.next(),
      () => {
        // First abort, then return: an async generator takes `return()` only after its pending `next()`.
        controller.abort();
        // Nobody is left to hear of a failing `return()`.
        (async () => iterator.return?.())().catch(() => undefined);
      },
    );
  });
}
