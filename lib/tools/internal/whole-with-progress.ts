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
 * @internal Emits what `fold` makes of the values when the source completes, `undefined` if there was none; the values
 * before the last are passed to `progress`. A value that a generator returned stands in place of that, and then all values
 * are progress.
 *
 * A value is progress as soon as another comes, the source fails, or it has not completed within the same turn of the
 * event loop: waiting for the next value would report progress when it is over. So a source that completes later than in
 * the turn of its last value has had that reported as well.
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
