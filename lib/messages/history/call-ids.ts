/**
 * @internal Ids of calls as one provider takes them: characters that it refuses are replaced, ids that are too
 * long are cut, and an id that another call has already gets a number. Each call asks once, in order; the same history always gives the same ids.
 */
export class CallIds {
  readonly #refused: RegExp;
  readonly #longest: number;
  readonly #taken = new Set<string>();

  /**
   * @param refused Matches the characters that an id may not have; with the flag `g`.
   * @param longest Characters that an id may have.
   */
  constructor(refused: RegExp, longest = Infinity) {
    this.#refused = refused;
    this.#longest = longest;
  }

  next(id: string): string {
    const base = id.replace(this.#refused, '_') || 'call';
    let free = base.slice(0, this.#longest);
    for (let n = 2; this.#taken.has(free); n += 1) {
      const number = `_${String(n)}`;
      free = base.slice(0, this.#longest - number.length) + number;
    }
    this.#taken.add(free);
    return free;
  }
}
