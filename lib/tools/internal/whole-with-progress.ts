import {
  defaultIfEmpty,
  defer,
  filter,
  map,
  type OperatorFunction,
  type SchedulerLike,
  type Subscription,
  tap,
} from 'rxjs';
import { Returned } from './generator-result.js';

/**
 * @internal Emits the fold of the values when the source completes, or `undefined` if there was no value. The values before
 * the last are passed to `progress`. The return value of a generator replaces the fold; then all values are progress.
 *
 * A value is progress as soon as another value arrives, the source fails, or the source has not completed within the same
 * turn of the event loop, because waiting for the next value would report progress too late. So if a source completes in a
 * later turn than its last value, that value is reported as well.
 *
 *     source    -a-b--(c|)
 *     progress  -a-b------
 *     result    ------(abc|)
 */
export function wholeWithProgress<T>(
  progress: (value: T) => void,
  scheduler: SchedulerLike,
  fold: OperatorFunction<T, unknown>,
): OperatorFunction<T, unknown> {
  return (source$) =>
    defer(() => {
      let latest: { readonly value: T } | undefined;
      let turn: Subscription | undefined;
      let returned: Returned | undefined;
      const report = () => {
        const last = latest;
        latest = undefined;
        if (last !== undefined) progress(last.value);
      };
      return source$.pipe(
        tap({
          next: (value) => {
            report();
            if (value instanceof Returned) {
              returned = value;
              return;
            }
            latest = { value };
            turn ??= scheduler.schedule(() => {
              turn = undefined;
              report();
            });
          },
          error: report,
          finalize: () => turn?.unsubscribe(),
        }),
        filter((value) => !(value instanceof Returned)),
        fold,
        defaultIfEmpty(undefined),
        map((whole) => (returned === undefined ? whole : returned.value)),
      );
    });
}
