import type { ObservableNotification } from 'rxjs';
import { type TextPart, textPart } from './text-part.js';

interface Waiting<T> {
  readonly told: ObservableNotification<T>;
  readonly text: TextPart<T> | undefined;
  /** How much of the text has been given. */
  given: number;
  /** When all of it is to have been given at the latest. */
  readonly due: number;
}

/**
 * @internal What has come and what of it is to go on at each tick, so that text flows as evenly as its deadlines allow:
 * at every tick just as much as must go for everything that waits to be on time.
 */
export class EvenFlow<T> {
  private readonly maxLagMs: number;
  private readonly tickMs: number;
  private readonly graphemes = new Intl.Segmenter();
  private waiting: Waiting<T>[] = [];

  constructor(maxLagMs: number, tickMs: number) {
    this.maxLagMs = maxLagMs;
    this.tickMs = tickMs;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  put(told: ObservableNotification<T>, now: number): void {
    const text = told.kind === 'N' ? textPart(told.value) : undefined;
    this.waiting.push({ told, text, given: 0, due: now + this.maxLagMs });
  }

  /** The least amount of text with which nothing will be late, if it goes on at a tick now. */
  amountAt(now: number): number {
    let amount = 0;
    let sum = 0;
    for (const { text, given, due } of this.waiting) {
      if (text === undefined) continue;
      sum += text.text.length - given;
      const ticks = Math.floor((due - now) / this.tickMs) + 1;
      amount = Math.max(amount, ticks <= 1 ? sum : Math.ceil(sum / ticks));
    }
    return amount;
  }

  /** So much text, or a little more, and whatever stands before, between and behind it. */
  take(amount: number): ObservableNotification<T>[] {
    const taken: ObservableNotification<T>[] = [];
    let left = amount;
    let done = 0;
    for (const each of this.waiting) {
      const { told, text, given } = each;
      if (text === undefined) {
        taken.push(told);
      } else {
        if (left <= 0) break;
        const end = this.boundary(text.text, given + left);
        left -= end - given;
        const last = end === text.text.length;
        taken.push(
          last && given === 0
            ? told
            : { kind: 'N', value: text.with(text.text.slice(given, end), last) },
        );
        each.given = end;
        if (!last) break;
      }
      done += 1;
    }
    this.waiting.splice(0, done);
    return taken;
  }

  /** The first place from `at` on where no character is cut, as a reader sees characters. */
  private boundary(text: string, at: number): number {
    if (at >= text.length) return text.length;
    const { index, segment } = this.graphemes.segment(text).containing(at) as Intl.SegmentData;
    return index === at ? at : index + segment.length;
  }
}
