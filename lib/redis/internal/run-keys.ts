/** @internal Where the runs of a store are. The braces are Redis' hash tag: all keys of a run are in one slot of a cluster. */
export class RunKeys {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The run and its log. */
  of(id: string): readonly [run: string, log: string] {
    const run = `${this.#prefix}{${id}}`;
    return [run, `${run}:log`];
  }

  /** The latest run of a thread. */
  ofThread(thread: string): readonly [latest: string] {
    return [`${this.#prefix}{${thread}}:latest`];
  }

  /** The channel of wake-ups, by entries or by a cancel. */
  channel(id: string, kind: 'wake' | 'cancel'): string {
    return `${this.#prefix}{${id}}:${kind}`;
  }

  /** For SCAN. */
  get pattern(): string {
    return `${this.#prefix.replace(/[*?[\]\\^]/g, '\\$&')}{*}`;
  }

  idOf(key: string): string {
    return key.slice(this.#prefix.length + 1, -1);
  }
}
