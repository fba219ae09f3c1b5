import {
  asyncScheduler,
  defer,
  filter,
  map,
  type OperatorFunction,
  type TimestampProvider,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunEvent } from '../core/events/run-event.js';
import { GrowingRuns } from './internal/growing-runs.js';
import type { RunNode } from './run-node.js';

/**
 * Emits the tree of runs of its events, again with every event that changes it: for a page, or for a log of
 * the last one.
 *
 * A start, an ending, the first content and each usage change it; other chunks do not. Each value is immutable and shares
 * with the one before whatever has not changed: `===` says that a run is as it was. Events of several roots (after
 * {@link selectRuns}, say) give the tree in which something has changed, known by its `run_id`.
 *
 *     events       -R--m--c--c--c--m--R-|    the root's and a model's start and end, the model's chunks
 *     runTree()    -t--t--t--------t--t-|
 *
 * The events of a tree cost time in proportion to its depth and not to its width: `children` is an array made for who
 * reads it. A run that has ended is not looked at again. Ends with its source; errors pass.
 *
 * @param clock Where time comes from: any scheduler, or `Date`. RxJS's `asyncScheduler` by default.
 *
 * @example
 * const greet = lambda((name: string) => `Hello ${name}!`, { name: 'greet' });
 * const last$ = greet.events$('moon').pipe(runTree(), last());
 * last$.pipe(map(({ name, status, output }) => [name, status, output])) // => [['greet', 'done', 'Hello moon!']]
 */
export function runTree(
  clock: TimestampProvider = asyncScheduler,
): OperatorFunction<RunEvent, RunNode> {
  if (typeof (clock as Partial<TimestampProvider> | undefined)?.now !== 'function') {
    throw new TypeError(
      `clock must be a scheduler or have another method now(), got ${describeValue(clock)}`,
    );
  }
  return (event$) =>
    defer(() => {
      const runs = new GrowingRuns(clock);
      return event$.pipe(
        map((event) => runs.add(event)),
        filter((root) => root !== undefined),
      );
    });
}
