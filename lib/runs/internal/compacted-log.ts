import { type Merging, mergingOf } from '../../operators/internal/merge-adjacent.js';
import type { RunSnapshot } from '../run-store.js';

interface Compacted {
  /** The number of the last entry that it stands for. */
  seq: number;
  readonly value: unknown;
  readonly merging: Merging | undefined;
  isMerged: boolean;
}

const EVERY_ENTRIES = 256;
const EVERY_CHARS = 64 * 1024;

/**
 * @internal The values of a run with neighbours merged, of which snapshots are made: every 256 entries or 64 Ki characters, but
 * not before the log has grown by twice the last snapshot, so that all snapshots together are shorter than the log.
 */
export class CompactedLog {
  readonly #values: Compacted[] = [];
  #entries = 0;
  #chars = 0;
  #allChars = 0;
  #lastSize = 0;

  add(seq: number, value: unknown, chars: number): void {
    const last = this.#values.at(-1);
    if (last?.merging?.add(value) === true) {
      last.seq = seq;
      last.isMerged = true;
    } else this.#values.push({ seq, value, merging: mergingOf(value), isMerged: false });
    this.#entries += 1;
    this.#chars += chars;
    this.#allChars += chars;
  }

  /** A snapshot, if it is time for one and it is shorter than half of what it stands for. */
  snapshot(): RunSnapshot | undefined {
    const seq = this.#values.at(-1)?.seq;
    if (seq === undefined || !this.#isTime()) return undefined;
    this.#entries = 0;
    this.#chars = 0;
    const data = JSON.stringify(
      this.#values.map((each) => [each.seq, each.isMerged ? each.merging?.merged : each.value]),
    );
    this.#lastSize = data.length;
    return data.length * 2 < this.#allChars ? { seq, data } : undefined;
  }

  #isTime(): boolean {
    return (
      (this.#entries >= EVERY_ENTRIES || this.#chars >= EVERY_CHARS) &&
      this.#chars >= this.#lastSize * 2
    );
  }
}

/** @internal The numbers and values of a snapshot. */
export function readSnapshot({ data }: RunSnapshot): readonly (readonly [number, unknown])[] {
  return JSON.parse(data) as [number, unknown][];
}
