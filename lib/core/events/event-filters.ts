import { defer, filter, type MonoTypeOperatorFunction } from 'rxjs';
import { describeValue } from '../internal/describe-value.js';
import type { RunEvent, RunType } from './run-event.js';

/** Which runs' events to pass on. Includes are alternatives, excludes are vetoes; a run's name, not a custom event's. */
export interface EventFilters {
  readonly includeNames?: readonly string[] | undefined;
  readonly includeTypes?: readonly RunType[] | undefined;
  readonly includeTags?: readonly string[] | undefined;
  readonly excludeNames?: readonly string[] | undefined;
  readonly excludeTypes?: readonly RunType[] | undefined;
  readonly excludeTags?: readonly string[] | undefined;
}

/**
 * Passes on the events of the runs that the filters let through, unaltered. Whether a run passes is decided by
 * its start; its chunks, custom events and ending follow that.
 *
 * @example
 * // model.events$('Hi').pipe(filterEvents({ includeTypes: ['chat_model'] }))
 */
export function filterEvents(filters: EventFilters): MonoTypeOperatorFunction<RunEvent> {
  for (const [name, filter] of Object.entries(filters) as [string, unknown][]) {
    if (filter !== undefined && !Array.isArray(filter))
      throw new TypeError(`${name} must be an array, got ${describeValue(filter)}`);
  }
  return (events$) =>
    defer(() => {
      const passing = new Set<string>();
      return events$.pipe(
        filter(({ event, name, run_id, tags }) => {
          const [, type, phase] = PHASES.exec(event) ?? [];
          if (type === undefined || phase === undefined) return passing.has(run_id);
          if (phase === 'start' && passes(filters, name, type as RunType, tags))
            passing.add(run_id);
          return phase === 'start' ? passing.has(run_id) : passing.delete(run_id);
        }),
      );
    });
}

/** @internal Whether filters let the run pass that begins with this event. */
export function selectsRun(filters: EventFilters, { event, name, tags }: RunEvent): boolean {
  const [, type] = PHASES.exec(event) ?? [];
  return type !== undefined && passes(filters, name, type as RunType, tags);
}

/** Chunks are not among them: looking their run up is all that they need. */
const PHASES = /^on_(\w+)_(start|end|error|cancel)$/;

function passes(
  filters: EventFilters,
  name: string,
  type: RunType,
  tags: readonly string[],
): boolean {
  const { includeNames, includeTypes, includeTags, excludeNames, excludeTypes, excludeTags } =
    filters;
  const included =
    (includeNames === undefined && includeTypes === undefined && includeTags === undefined) ||
    (includeNames?.includes(name) ?? false) ||
    (includeTypes?.includes(type) ?? false) ||
    tags.some((tag) => includeTags?.includes(tag) ?? false);
  const excluded =
    (excludeNames?.includes(name) ?? false) ||
    (excludeTypes?.includes(type) ?? false) ||
    tags.some((tag) => excludeTags?.includes(tag) ?? false);
  return included && !excluded;
}
