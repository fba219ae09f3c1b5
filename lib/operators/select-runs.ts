import { defer, filter, type MonoTypeOperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunEvent, RunType } from '../core/events/run-event.js';
import { isEnding, phaseOf } from './internal/event-phase.js';

/** Which runs are meant: those that have one of the names, one of the types or one of the tags. */
export interface RunSelector {
  readonly names?: readonly string[] | undefined;
  readonly types?: readonly RunType[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * Passes on the events of some runs and of everything that runs inside them, unaltered and in order.
 *
 * A run is picked by its start: by name, type or tag, or by a function that is given its `on_*_start`. Its chunks,
 * custom events and ending follow that, and so do the runs inside. Ends with its source; errors pass.
 *
 *     events      -R-m-t-T-m-t-T-R|    the root's, a model's (m), a tool's (t) and what the tool runs (T)
 *     picked      -----t-T---t-T--|    selectRuns({ types: ['tool'] })
 *
 * `filterEvents` (and `includeNames` and so on of `events$`) passes on the events of the runs themselves without those
 * inside. Whatever works on a whole tree of events works on what is picked: {@link rootChunks}, {@link rootOutput},
 * {@link runTree}.
 *
 * @example
 * // agent.events$(question).pipe(selectRuns({ names: ['researcher'] }), rootChunks<AIMessageChunk>())
 */
export function selectRuns(
  pick: RunSelector | ((start: RunEvent) => boolean),
): MonoTypeOperatorFunction<RunEvent> {
  const isPicked = typeof pick === 'function' ? pick : matcherOf(pick);
  return (event$) =>
    defer(() => {
      const open = new Set<string>();
      return event$.pipe(
        filter((event) => {
          const { run_id, parent_ids } = event;
          const phase = phaseOf(event.event);
          if (phase === 'start') {
            if (parent_ids.some((id) => open.has(id)) || isPicked(event)) open.add(run_id);
            return open.has(run_id);
          }
          return isEnding(phase) ? open.delete(run_id) : open.has(run_id);
        }),
      );
    });
}

function matcherOf(pick: RunSelector): (start: RunEvent) => boolean {
  const { names, types, tags } = (pick as RunSelector | undefined) ?? {};
  const given = Object.entries({ names, types, tags }).filter(([, wanted]) => wanted !== undefined);
  if (given.length === 0)
    throw new TypeError('selectRuns takes names, types or tags, or a function of a start event');
  for (const [key, wanted] of given as [string, unknown][]) {
    if (!Array.isArray(wanted))
      throw new TypeError(`${key} must be an array, got ${describeValue(wanted)}`);
  }
  const starts: readonly string[] = types?.map((type) => `on_${type}_start`) ?? [];
  return (start) =>
    (names?.includes(start.name) ?? false) ||
    starts.includes(start.event) ||
    (tags?.some((tag) => start.tags.includes(tag)) ?? false);
}
