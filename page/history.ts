import { type Diagram, EMPTY_DIAGRAM, growDiagram, type TimedRunEvent } from 'rxlm/marbles';
import { growResult, NO_RESULT, type RunResult } from './run-result.js';

/** A run as it was after some of its events. */
export interface Moment {
  readonly diagram: Diagram;
  readonly result: RunResult;
}

const START: Moment = { diagram: EMPTY_DIAGRAM, result: NO_RESULT };
/** From one kept moment to the next: going to any time folds at most so many events. */
const STRIDE = 200;

const grow = ({ diagram, result }: Moment, event: TimedRunEvent): Moment => ({
  diagram: growDiagram(diagram, event),
  result: growResult(result, event),
});

/** The events of one run and the inside of it, and how it stood at any of them. */
export class History {
  readonly id: string;
  readonly name: string;
  readonly events: TimedRunEvent[] = [];
  readonly #kept: Moment[] = [START];
  #last = START;

  constructor({ value: { run_id, parent_ids, name } }: TimedRunEvent) {
    this.id = parent_ids[0] ?? run_id;
    this.name = name;
  }

  /** How the run stands now. */
  get last(): Moment {
    return this.#last;
  }

  add(event: TimedRunEvent): void {
    this.events.push(event);
    this.#last = grow(this.#last, event);
    if (this.events.length % STRIDE === 0) this.#kept.push(this.#last);
  }

  /** How the run stood after so many events. */
  at(count: number): Moment {
    if (count >= this.events.length) return this.#last;
    const kept = Math.floor(count / STRIDE);
    return this.events.slice(kept * STRIDE, count).reduce(grow, this.#kept[kept] ?? START);
  }
}
