interface Change<T> {
  readonly index: number;
  readonly item: T;
  readonly before: Change<T> | undefined;
}

/**
 * @internal A list that is never changed: `with` gives another one at a cost that does not depend on the length, and
 * the array of a list is only made for who reads it.
 *
 * Changes are kept until there are as many as items; then an array is made of them, which they have paid for.
 */
export class GrowingList<T> {
  readonly length: number;
  #base: readonly T[];
  #last: Change<T> | undefined;
  #changes: number;

  constructor(base: readonly T[] = [], length = base.length, last?: Change<T>, changes = 0) {
    this.length = length;
    this.#base = base;
    this.#last = last;
    this.#changes = changes;
    if (changes > Math.max(FEW, length)) this.#settle();
  }

  /** The list with this item at an index, which may be the one after its end. */
  with(index: number, item: T): GrowingList<T> {
    return new GrowingList(
      this.#base,
      Math.max(this.length, index + 1),
      { index, item, before: this.#last },
      this.#changes + 1,
    );
  }

  /** The same array each time. */
  get items(): readonly T[] {
    if (this.#changes > 0) this.#settle();
    return this.#base;
  }

  #settle(): void {
    const items = [...this.#base];
    const changed = new Set<number>();
    for (let change = this.#last; change !== undefined; change = change.before) {
      if (changed.has(change.index)) continue;
      changed.add(change.index);
      items[change.index] = change.item;
    }
    this.#base = items;
    this.#last = undefined;
    this.#changes = 0;
  }
}

/** So many are not worth an array. */
const FEW = 32;
