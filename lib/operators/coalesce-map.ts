import type { ObservableInput, ObservedValueOf, OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { Backlog, MOST_MERGED } from './internal/backlog.js';
import { inTurn } from './internal/ordered-concurrency.js';
import { mergingOf } from './internal/merge-adjacent.js';

/**
 * Projects values to async work, one after the other, and merges those that come while work goes on: a slow consumer
 * does its work less often, on more at a time, and is done when its source is.
 *
 * The first value is worked off at once. What merges is said at {@link coalesce}: deltas of the same text, thinking or
 * tool input, never across anything else; values that do not merge wait in order, and nothing is dropped. Results are
 * emitted as they come. An error of the source waits until what came before it is done; one of the work ends it all.
 *
 *     source                  -a-b-c-d-|
 *     project(a)               ---A|
 *     project(bc)                  ---M|
 *     project(d)                       ---D|
 *     coalesceMap(project)    ----A---M---D|
 *
 * A source with backpressure is paused only when 10,000 values are merged or held. Unsubscribing unsubscribes the source
 * and of the work.
 *
 * @example
 * const write = async (text: string) => text.length;
 * of('gold', 'fish', ' on', ' the moon').pipe(coalesceMap(write)) // => [4, 16]
 *
 * @see {@link orderedMap} for work on every single value
 */
export function coalesceMap<T, R extends ObservableInput<unknown>>(
  project: (value: T, index: number) => R,
): OperatorFunction<T, ObservedValueOf<R>> {
  if (typeof project !== 'function')
    throw new TypeError(`project must be a function, got ${describeValue(project)}`);
  return inTurn(
    () => new Backlog<T>(MOST_MERGED, mergingOf),
    project as (value: T, index: number) => ObservableInput<ObservedValueOf<R>>,
    1,
  );
}
