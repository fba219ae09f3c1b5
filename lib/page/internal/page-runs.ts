import type { Subscription } from 'rxjs';
import { isRecord } from '../../core/internal/is-record.js';
import type { TimedRunEvent } from '../../marbles/diagram.js';
import { playScenario } from '../play-scenario.js';
import { SCENARIOS } from '../scenarios.js';
import { PageRefusal } from './page-request.js';

const MOST_RUNS = 20;

/** @internal The runs of scenarios that pages have started. */
export class PageRuns {
  readonly #listener: (event: TimedRunEvent) => void;
  readonly #open = new Map<string, Subscription>();

  constructor(listener: (event: TimedRunEvent) => void) {
    this.#listener = listener;
  }

  /** Starts the run that a request asks for. */
  start(asked: unknown): void {
    const { id, scenario: name, speed = 1, chunk = 0 } = isRecord(asked) ? asked : {};
    if (typeof id !== 'string' || !/^[\w-]{8,64}$/.test(id))
      throw new PageRefusal(400, 'id must be 8 to 64 letters, digits, "-" and "_"');
    const scenario =
      typeof name === 'string' && Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
    if (scenario === undefined)
      throw new PageRefusal(400, `scenario must be one of ${Object.keys(SCENARIOS).join(', ')}`);
    if (!(typeof speed === 'number' && speed >= 0.1 && speed <= 1000))
      throw new PageRefusal(400, 'speed must be a number from 0.1 to 1000');
    if (!(typeof chunk === 'number' && Number.isInteger(chunk) && chunk >= 0 && chunk <= 65_536))
      throw new PageRefusal(400, 'chunk must be a whole number of bytes from 0 to 65536');
    if (this.#open.has(id)) throw new PageRefusal(409, 'this run is under way');
    if (this.#open.size >= MOST_RUNS) throw new PageRefusal(429, 'too many runs are under way');
    const run = playScenario(scenario, { id, speed, chunk }, this.#listener).subscribe({
      // The page has the error from the run's own events.
      error: () => undefined,
    });
    this.#open.set(id, run);
    run.add(() => this.#open.delete(id));
  }

  /** Unsubscribes a run, which closes its provider's socket. Nothing happens where it has ended already. */
  stop(id: string): void {
    this.#open.get(id)?.unsubscribe();
  }

  /** Unsubscribes all runs. */
  close(): void {
    for (const run of this.#open.values()) run.unsubscribe();
  }
}
