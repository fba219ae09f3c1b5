import { from, isObservable, mergeMap, type Observable, of } from 'rxjs';
import { fromAsyncIterable } from '../adapters/from-async-iterable.js';
import { reportTeardown } from '../core/report-teardown.js';

/** What a function's result of this type emits. */
export type ValueOf<R> =
  R extends Promise<infer V>
    ? ValueOf<V>
    : R extends Observable<infer V>
      ? V
      : R extends AsyncIterable<infer V>
        ? V
        : R;

/**
 * @internal The values that a function's result stands for: those of an Observable or an async iterable, a promise's
 * or the result itself, arrays included.
 */
export function valuesOf$(result: unknown): Observable<unknown> {
  if (isObservable(result)) return result.pipe(reportTeardown());
  if (typeof result !== 'object' || result === null) return of(result);
  if ('then' in result && typeof result.then === 'function')
    return from(result as PromiseLike<unknown>).pipe(mergeMap(valuesOf$));
  if (Symbol.asyncIterator in result) return fromAsyncIterable(result as AsyncIterable<unknown>);
  return of(result);
}
