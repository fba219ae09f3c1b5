import type { RunEvent } from 'rxlm';

/** A listener that holds the story of a run to its grammar: each start has one ending, and nothing comes after it. */
export class Endings {
  readonly broken: string[] = [];
  readonly #open = new Set<string>();

  readonly listen = ({ event, run_id }: RunEvent): void => {
    if (event.endsWith('_start')) {
      this.#open.add(run_id);
    } else if (!this.#open.has(run_id)) {
      this.broken.push(`${event} outside of its run`);
    } else if (/_(?:end|error|cancel)$/.test(event)) {
      this.#open.delete(run_id);
    }
  };

  /** Nothing more is to come. */
  end(): readonly string[] {
    return this.#open.size === 0
      ? this.broken
      : [...this.broken, `${this.#open.size} runs have no ending`];
  }
}
