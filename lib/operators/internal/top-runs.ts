import type { RunEvent } from '../../core/events/run-event.js';
import { isEnding, phaseOf } from './event-phase.js';

/**
 * @internal Tells which runs of a stream of events are at its top: those around which no other has started there. Of
 * all events of a tree that is its root, of some runs picked from it each of these.
 */
export class TopRuns {
  readonly #open = new Map<string, boolean>();

  /** Whether an event is one of a top run; to be asked once for each event, in order. */
  has({ event, run_id, parent_ids }: RunEvent): boolean {
    const phase = phaseOf(event);
    if (phase === 'start') {
      const top = !parent_ids.some((id) => this.#open.has(id));
      this.#open.set(run_id, top);
      return top;
    }
    // A run whose start has been missed can be known by having no parents only.
    const top = this.#open.get(run_id) ?? parent_ids.length === 0;
    if (isEnding(phase)) this.#open.delete(run_id);
    return top;
  }
}
