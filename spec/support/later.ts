import { concatMap, dematerialize, materialize, type MonoTypeOperatorFunction } from 'rxjs';

/** Emits everything in a later microtask. `observeOn(asapScheduler)` of RxJS 7.8.0 stops when it is scheduled twice in a flush. */
export function later<T>(): MonoTypeOperatorFunction<T> {
  return (source$) =>
    source$.pipe(
      materialize(),
      concatMap((notification) => Promise.resolve(notification)),
      dematerialize(),
    );
}
