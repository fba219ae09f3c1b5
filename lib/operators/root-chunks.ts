import { defer, filter, map, type OperatorFunction } from 'rxjs';
import type { RunEvent } from '../core/events/run-event.js';
import { TopRuns } from './internal/top-runs.js';

/**
 * Emits the chunks of the root run of its events: what `stream$` emits, for who has the events anyway.
 *
 * A run that emits no chunks (a prompt, a tool, a retriever) gives its output instead. After {@link selectRuns} the root is
 * whatever run was picked. Ends with its source; errors pass, after the chunks before them.
 *
 * `C` is the type of a chunk, which events do not carry: give it where it matters.
 *
 * @example
 * // One request, three views, each of which sees the root's start:
 * // chain.events$(input).pipe(
 * //   connect((event$) => merge(
 * //     event$.pipe(rootChunks<string>(), tap((text) => show(text)), ignoreElements()),
 * //     event$.pipe(selectRuns({ types: ['tool'] }), tap((event) => log(event)), ignoreElements()),
 * //     event$.pipe(rootOutput<string>()),
 * //   )),
 * // )
 *
 * @see {@link rootOutput}
 */
export function rootChunks<C = unknown>(): OperatorFunction<RunEvent, C> {
  return (event$) =>
    defer(() => {
      const tops = new TopRuns();
      return event$.pipe(
        filter((event) => tops.has(event) && CHUNKS.test(event.event)),
        map(({ data }) => data as { chunk?: C; output?: C }),
        filter((data) => 'chunk' in data || 'output' in data),
        map((data) => ('chunk' in data ? data.chunk : data.output) as C),
      );
    });
}

const CHUNKS = /_stream$|^on_(prompt|tool|retriever)_end$/;
