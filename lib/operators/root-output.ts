import { defer, filter, map, type OperatorFunction } from 'rxjs';
import type { RunEvent } from '../core/events/run-event.js';
import { TopRuns } from './internal/top-runs.js';

/**
 * Emits the output of the root run of its events when that has ended: what `invoke` gives, for who has the events
 * anyway. Nothing for a run without output, or one that fails or is cancelled.
 *
 * After {@link selectRuns} there may be several roots, one behind the other or at once: each run that was picked gives its
 * output. Ends with its source; errors pass.
 *
 *     events              -s--c--c--e|    s: the root starts, c: its chunks, e: it ends
 *     rootOutput()        ----------o|
 *
 * `O` is the type of the output, which events do not carry: give it where it matters.
 *
 * @example
 * const greet = lambda((name: string) => `Hello ${name}!`);
 * greet.events$('moon').pipe(rootOutput<string>()) // => ['Hello moon!']
 *
 * @see {@link rootChunks}
 */
export function rootOutput<O = unknown>(): OperatorFunction<RunEvent, O> {
  return (event$) =>
    defer(() => {
      const tops = new TopRuns();
      return event$.pipe(
        filter(
          (event) =>
            tops.has(event) && event.event.endsWith('_end') && 'output' in (event.data as object),
        ),
        map(({ data }) => (data as { output: O }).output),
      );
    });
}
