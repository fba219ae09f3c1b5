import { type Merging, mergingOf } from '../operators/merging.js';
import type { FrameMaker } from './frame-maker.js';
import { encodeFrame } from './sse-frame.js';

/** Values that one frame may stand for: what waits is to be counted before it is much. */
const MOST_IN_ONE = 64;

/**
 * @internal What waits for a client: the texts of frames, and behind them a value that those after it may be merged into.
 * A frame is made when nothing can be merged into its value any more, so that its id is that of the last value in it.
 */
export class ClientQueue<T> {
  private readonly frames: FrameMaker<T>;
  private text = '';
  private last: { value: T; count: number; merging: Merging | undefined } | undefined;

  constructor(frames: FrameMaker<T>) {
    this.frames = frames;
  }

  /** Characters that wait, the value at the end left out, which not much is merged into. */
  get size(): number {
    return this.text.length;
  }

  put(value: T): void {
    const { last } = this;
    if (last !== undefined) {
      // Mostly a value is taken before another comes: what it could be merged with is not asked before that.
      if (last.count === 1) last.merging = mergingOf(last.value);
      if (last.count < MOST_IN_ONE && last.merging?.add(value) === true) {
        last.count += 1;
        return;
      }
      this.settle();
    }
    this.last = { value, count: 1, merging: undefined };
  }

  /** All that waits, as whole frames. */
  take(): string {
    this.settle();
    const { text } = this;
    this.text = '';
    return text;
  }

  private settle(): void {
    const { last } = this;
    if (last === undefined) return;
    this.last = undefined;
    const { value, count, merging } = last;
    this.text += encodeFrame(
      this.frames.value(count === 1 ? value : (merging?.merged as T), count),
    );
  }
}
