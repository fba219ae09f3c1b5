import {
  defaultIfEmpty,
  defer,
  type OperatorFunction,
  type SchedulerLike,
  type Subscription,
  takeLast,
  tap,
} from 'rxjs';

/**
 * @internal Emits the last value when the source completes, `undefined` if there was none; those before it are told as
 * progress.
 *
 * A value is progress as soon as another comes, the source fails, or it has not completed within the same turn of the
 * event loop: waiting for the next value would tell progress when it is over. So a source that completes later than in
 * the turn of its last value has had that told as well.
 *
 *     source  -a-b--(c|)
 *     told    -a-b------
 *     result  ------(c|)
 */
export function lastWithProgress<T>(
  tell: (progress: T) => void,
  scheduler: SchedulerLike,
): OperatorFunction<T, T | undefined> {
  return (source$) =>
    defer(() => {
      let untold: { readonly value: T } | undefined;
      let turn: Subscription | undefined;
      const tellLatest = () => {
        const latest = untold;
        untold = undefined;
        if (latest !== undefined) tell(latest.value);
      };
      return source$.pipe(
        tap({
          next: (value) => {
            tellLatest();
            untold = { value };
            turn ??= scheduler.schedule(() => {
              turn = undefined;
              tellLatest();
            });
          },
          error: tellLatest,
          finalize: () => turn?.unsubscribe(),
        }),
        takeLast(1),
        defaultIfEmpty(undefined),
      );
    });
}
