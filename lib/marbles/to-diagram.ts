import { describeValue } from '../core/internal/describe-value.js';
import type { Diagram, TimedRunEvent } from './diagram.js';
import { EMPTY_DIAGRAM, growDiagram } from './grow-diagram.js';

/**
 * Folds events into one diagram.
 *
 * @throws TypeError where an element is no event with its time.
 * @example
 * import { toDiagram } from 'rxlm/marbles';
 * toDiagram([]).lanes.length // => 0
 */
export function toDiagram(events: Iterable<TimedRunEvent>): Diagram {
  let diagram = EMPTY_DIAGRAM;
  for (const event of events) {
    if (!isTimedRunEvent(event))
      throw new TypeError(
        `events must have elements { timestamp, value: RunEvent }, as RxJS's timestamp() emits them, got ${describeValue(event)} at ${String(diagram.events)}`,
      );
    diagram = growDiagram(diagram, event);
  }
  return diagram;
}

/** Whether a value, of a file say, is an event with its time. */
export function isTimedRunEvent(value: unknown): value is TimedRunEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { timestamp, value: event } = value as Partial<TimedRunEvent>;
  if (!Number.isFinite(timestamp) || typeof event !== 'object') return false;
  const { event: kind, name, run_id } = (event as Partial<TimedRunEvent['value']> | null) ?? {};
  return typeof kind === 'string' && typeof name === 'string' && typeof run_id === 'string';
}
