import { attempt } from '../../core/internal/try-or-undefined.js';
import { type Merging, mergingOf } from '../../operators/internal/merge-adjacent.js';
import type { FrameMaker } from '../frames/frame-maker.js';
import { encodeFrame } from '../frames/sse-frame.js';

/** The largest number of values in one frame, so that pending values are counted before they are many. */
const MOST_IN_ONE = 64;

interface Waiting<T> {
  readonly value: T;
  /** How many values it was merged of. */
  count: number;
  merging: Merging | undefined;
  /** Characters, once they have been asked for. */
  size: number | undefined;
}

/**
 * @internal What waits for a client: the texts of frames, and behind them a value that those after it may be merged into.
 * A frame is made when nothing can be merged into its value any more, so that its id is that of the last value in it.
 */
export class ClientQueue<T> {
  readonly #frames: FrameMaker<T>;
  #text = '';
  #last: Waiting<T> | undefined;

  constructor(frames: FrameMaker<T>) {
    this.#frames = frames;
  }

  /** Pending characters, approximate for the value that is still being merged; 0 while only one value waits. */
  get size(): number {
    const last = this.#last;
    const text = this.#text;
    if (last === undefined || (text === '' && last.count === 1)) return text.length;
    return text.length + (last.size ??= sizeOf(wholeOf(last)));
  }

  put(value: T): void {
    const last = this.#last;
    if (last !== undefined) {
      // Mostly a value is taken before another comes: what it could be merged with is not asked before that.
      if (last.count === 1) last.merging = mergingOf(last.value);
      if (last.count < MOST_IN_ONE && last.merging?.add(value) === true) {
        last.count += 1;
        if (last.size !== undefined) last.size += sizeOf(value);
        return;
      }
      this.#settle();
    }
    this.#last = { value, count: 1, merging: undefined, size: undefined };
  }

  /** All that waits, as whole frames. */
  take(): string {
    this.#settle();
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #settle(): void {
    const last = this.#last;
    if (last === undefined) return;
    this.#last = undefined;
    this.#text += encodeFrame(this.#frames.value(wholeOf(last), last.count));
  }
}

function wholeOf<T>({ value, count, merging }: Waiting<T>): T {
  return count === 1 ? value : (merging?.merged as T);
}

/** A value that is not JSON fails later, when its frame is made. */
function sizeOf(value: unknown): number {
  return typeof value === 'string'
    ? value.length
    : (attempt(() => JSON.stringify(value) as string | undefined)?.length ?? 0);
}
