/** @internal Who wants to be woken, by id. */
export class Watchers {
  readonly #byId = new Map<string, Set<() => void>>();

  /** Returns a function that stops watching. */
  add(id: string, wake: () => void): () => void {
    const set = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, set);
    // One function may watch twice.
    const own = () => {
      wake();
    };
    set.add(own);
    return () => {
      set.delete(own);
      if (set.size === 0 && this.#byId.get(id) === set) this.#byId.delete(id);
    };
  }

  /** Wakes those that watch now; a watcher may stop any of them meanwhile. */
  wake(id: string): void {
    const set = this.#byId.get(id);
    if (set === undefined) return;
    for (const wake of [...set]) if (set.has(wake)) wake();
  }
}
