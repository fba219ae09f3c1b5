/**
 * @internal Ids of calls as one provider takes them: characters that it refuses are replaced, and an id that another call
 * has already gets a number. Each call asks once, in order; the same history always gives the same ids.
 */
export class CallIds {
  private readonly refused: RegExp;
  private readonly taken = new Set<string>();

  /** @param refused Matches the characters that an id may not have; with the flag `g`. */
  constructor(refused: RegExp) {
    this.refused = refused;
  }

  next(id: string): string {
    const base = id.replace(this.refused, '_') || 'call';
    let free = base;
    for (let n = 2; this.taken.has(free); n += 1) free = `${base}_${String(n)}`;
    this.taken.add(free);
    return free;
  }
}
