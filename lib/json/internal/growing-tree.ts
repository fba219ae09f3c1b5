import type { Draft, ObjectDraft } from './open-container.js';

/** What a snapshot may cost whatever the length of the text: all that is not wide or very deep. */
const FREE_COST = 64;
/** What each character adds to what the snapshots may cost above that, all together, and what there is at first. */
const COST_PER_CHARACTER = 6;
const CREDIT = 50_000;

/**
 * @internal A JSON value that grows at its end and gives snapshots of itself, which never change.
 *
 * A snapshot copies the open containers, nothing else. Where one of them is wide, a copy for every delta would be
 * quadratic, so a wide snapshot has to be earned by text: the copying is linear, however often it is read. Twice the
 * text has always earned one.
 *
 * `#changed` speaks for all open containers at once: only the innermost can change, and that changes all around it.
 */
export class GrowingTree {
  readonly #open: Draft[] = [];
  /** The string that is still open; where no container is open, the whole value. */
  #leaf: unknown;
  #changed = false;
  #snapshot: unknown;
  #cost = 0;
  #spent = 0;
  /** The length of the text at the last snapshot. */
  #length = 0;

  get depth(): number {
    return this.#open.length;
  }

  get insideArray(): boolean {
    return this.#open.at(-1)?.isArray === true;
  }

  /** Begins an array or an object in the open place. */
  open(draft: Draft): void {
    this.#open.push(draft);
    this.#cost += draft.cost;
    this.#changed = true;
  }

  /** Names the open place of the innermost object. */
  name(key: string): void {
    (this.#open.at(-1) as ObjectDraft).key = key;
  }

  /** Puts a number or literal in the open place. */
  put(value: unknown): void {
    this.#settle(value);
    this.#changed = true;
  }

  /** Shows a string in the open place, as far as it has come. */
  grow(text: string): void {
    this.#leaf = text;
    this.#changed = true;
  }

  /** Ends the string that `grow` has shown. */
  endString(): void {
    this.#settle(this.#leaf);
  }

  /** Ends the innermost container, as the snapshot shows it if nothing was added since. */
  close(): void {
    const draft = this.#open.pop();
    if (draft === undefined) return;
    this.#cost -= draft.cost;
    this.#settle(this.#changed ? draft.value : draft.shown);
  }

  /** The value after `length` characters; perhaps as it was some characters ago, unless it is to be `exact`. */
  snapshot(length: number, exact: boolean): unknown {
    if (!this.#changed) return this.#snapshot;
    const cost = Math.max(0, this.#cost - FREE_COST);
    const earned =
      this.#spent + cost <= CREDIT + COST_PER_CHARACTER * length || length >= 2 * this.#length;
    if (!exact && !earned) return this.#snapshot;
    this.#spent += cost;
    this.#length = length;
    this.#changed = false;
    this.#snapshot = this.#open.reduceRight((shown, draft) => {
      if (shown !== undefined) draft.set(shown);
      return (draft.shown = draft.copy());
    }, this.#leaf);
    return this.#snapshot;
  }

  #settle(value: unknown): void {
    const draft = this.#open.at(-1);
    if (draft === undefined) {
      this.#leaf = value;
      return;
    }
    this.#leaf = undefined;
    this.#cost -= draft.cost;
    draft.set(value);
    draft.next();
    this.#cost += draft.cost;
  }
}
