import { BaseGate } from '../../core/demand/base-gate.js';
import type { Merging } from './merge-adjacent.js';

/** @internal Values that may wait where most of them merge: some megabytes at most. */
export const MOST_MERGED = 10_000;

interface Entry<T> {
  readonly first: T;
  /** How many values are in it. */
  count: number;
  merging: Merging | undefined;
  next: Entry<T> | undefined;
}

/**
 * @internal Values that wait in order for an operator's consumer, and the gate by which the source behind them is
 * asked to wait as well: closed from `highWaterMark` values on, open again at half of that.
 *
 * With `mergingOf`, adjacent values wait merged into one wherever they can be; each counts.
 */
export class Backlog<T> extends BaseGate {
  readonly #highWaterMark: number;
  readonly #mergingOf: ((value: T) => Merging | undefined) | undefined;
  #head: Entry<T> | undefined;
  #last: Entry<T> | undefined;
  #count = 0;

  constructor(highWaterMark: number, mergingOf?: (value: T) => Merging | undefined) {
    super();
    this.#highWaterMark = highWaterMark;
    this.#mergingOf = mergingOf;
  }

  get isEmpty(): boolean {
    return this.#head === undefined;
  }

  override get closed(): boolean {
    return this.#count >= this.#highWaterMark;
  }

  put(value: T): void {
    const last = this.#last;
    this.#count += 1;
    if (last !== undefined && this.#mergeInto(last, value)) return;
    const entry: Entry<T> = { first: value, count: 1, merging: undefined, next: undefined };
    if (last === undefined) this.#head = entry;
    else last.next = entry;
    this.#last = entry;
  }

  /** Takes the oldest of them; there must be one. */
  take(): T {
    const entry = this.#head as Entry<T>;
    this.#head = entry.next;
    if (this.#head === undefined) this.#last = undefined;
    this.#count -= entry.count;
    if (this.#count * 2 <= this.#highWaterMark) this.openGate();
    return entry.count === 1 ? entry.first : ((entry.merging as Merging).merged as T);
  }

  /** Takes one after the other as long as there are any, those put meanwhile included. */
  *takeAll(): Generator<T> {
    while (!this.isEmpty) yield this.take();
  }

  #mergeInto(entry: Entry<T>, value: T): boolean {
    // Mostly a value is taken before another comes: what it could be merged with is not asked before that.
    if (entry.count === 1) entry.merging = this.#mergingOf?.(entry.first);
    if (entry.merging?.add(value) !== true) return false;
    entry.count += 1;
    return true;
  }
}
