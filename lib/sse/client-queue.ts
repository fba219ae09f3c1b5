import { type Merging, mergingOf } from '../operators/merging.js';
import type { FrameMaker } from './frame-maker.js';
import { encodeFrame, type SseFrame } from './sse-frame.js';

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

  /** Characters that wait, the value at the end left out, which only grows by what has been said anyway. */
  get size(): number {
    return this.text.length;
  }

  put(value: T): void {
    const { last } = this;
    if (last !== undefined) {
      // Mostly a value is taken before another comes: what it could be merged with is not asked before that.
      if (last.count === 1) last.merging = mergingOf(last.value);
      if (last.merging?.add(value) === true) {
        last.count += 1;
        return;
      }
      this.settle();
    }
    this.last = { value, count: 1, merging: undefined };
  }

  putFrame(frame: SseFrame): void {
    this.settle();
    this.text += encodeFrame(frame);
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
