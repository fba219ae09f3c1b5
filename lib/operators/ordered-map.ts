import type { ObservableInput, ObservedValueOf, OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { Backlog } from './internal/backlog.js';
import { inTurn } from './internal/ordered-concurrency.js';

/**
 * Projects each value to async work, `concurrent` of it at a time, and emits the results in the order of the values,
 * with every ending in its turn.
 *
 * `concatMap` and `mergeMap` drop what is queued or under way when their source fails. Here that error waits until the
 * work for the values before it is done and emitted. Work that fails ends everything after what came before it; what
 * comes after it is unsubscribed at once, and nothing more is started.
 *
 *     source                    -a-b-c#
 *     project(a)                 ---A|
 *     project(b)                   ---B|
 *     project(c)                     ---C|
 *     orderedMap(project)       ----A---B---(C#)
 *     orderedMap(project, 3)    ----A-B-(C#)
 *
 * A source that can wait (a model, `fromAsyncIterable`) is read on only as work gets done: at most 64 values wait.
 * The result of work that is done before its turn is held, and counts as under way. Unsubscribing unsubscribes the source
 * and of all work.
 *
 * @param concurrent How much work goes on at once; 1 by default.
 *
 * @example
 * of(3, 1, 2).pipe(orderedMap(async (n) => n * 10, 3)) // => [30, 10, 20]
 *
 * @see {@link coalesceMap} where adjacent values can be worked off together
 */
export function orderedMap<T, R extends ObservableInput<unknown>>(
  project: (value: T, index: number) => R,
  concurrent = 1,
): OperatorFunction<T, ObservedValueOf<R>> {
  if (typeof project !== 'function')
    throw new TypeError(`project must be a function, got ${describeValue(project)}`);
  if (typeof concurrent !== 'number' || !(concurrent >= 1))
    throw new TypeError(`concurrent must be a number from 1 on, got ${describeValue(concurrent)}`);
  return inTurn(
    () => new Backlog<T>(64),
    project as (value: T, index: number) => ObservableInput<ObservedValueOf<R>>,
    concurrent,
  );
}
