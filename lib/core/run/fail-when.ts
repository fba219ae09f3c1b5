import {
  concat,
  defer,
  EMPTY,
  type MonoTypeOperatorFunction,
  type Observable,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';

/**
 * @internal Unsubscribes from its source when `notifier` emits, and only then errors with what `error` makes of it.
 *
 * `timeout` and a throwing notifier emit the error first and tear down afterwards; here children have
 * emitted `cancel` before the error arrives.
 *
 *     source    -a-b-c-d|
 *     notifier  ------x
 *     result    -a-b-c#
 */
export function cutOff<T, N>(
  notifier: Observable<N>,
  error: (value: N) => unknown,
): MonoTypeOperatorFunction<T> {
  return (source$) =>
    defer(() => {
      let after: Observable<never> = EMPTY;
      const cut$ = notifier.pipe(
        tap((value) => {
          after = throwError(() => error(value));
        }),
      );
      return concat(
        source$.pipe(takeUntil(cut$)),
        defer(() => after),
      );
    });
}
