import type { ObservableNotification } from 'rxjs';
import { type TextPart, textPart } from './text-part.js';

interface Waiting<T> {
  readonly notification: ObservableNotification<T>;
  readonly text: TextPart<T> | undefined;
  /** How much of the text has been given. */
  given: number;
  /** When all of it is to have been given at the latest. */
  readonly due: number;
  next: Waiting<T> | undefined;
}

/**
 * @internal What has come and what of it is to go on at each tick, so that text flows as evenly as its deadlines allow:
 * at every tick just as much as must go for everything that waits to be on time.
 */
export class EvenFlow<T> {
  readonly #maxLagMs: number;
  readonly #tickMs: number;
  readonly #graphemes = new Intl.Segmenter();
  #first: Waiting<T> | undefined;
  #last: Waiting<T> | undefined;

  constructor(maxLagMs: number, tickMs: number) {
    this.#maxLagMs = maxLagMs;
    this.#tickMs = tickMs;
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  get startsWithText(): boolean {
    return this.#first?.text !== undefined;
  }

  put(notification: ObservableNotification<T>, now: number): void {
    const text = notification.kind === 'N' ? textPart(notification.value) : undefined;
    const put = { notification, text, given: 0, due: now + this.#maxLagMs, next: undefined };
    if (this.#last === undefined) this.#first = put;
    else this.#last.next = put;
    this.#last = put;
  }

  /** The least amount of text with which nothing will be late, if it goes on at a tick now. */
  amountAt(now: number): number {
    let amount = 0;
    let sum = 0;
    for (let each = this.#first; each !== undefined; each = each.next) {
      if (each.text === undefined) continue;
      sum += each.text.text.length - each.given;
      const ticks = Math.floor((each.due - now) / this.#tickMs) + 1;
      amount = Math.max(amount, ticks <= 1 ? sum : Math.ceil(sum / ticks));
    }
    return amount;
  }

  /**
   * Takes so much text, or a little more, and whatever stands before, between and behind it. What is put meanwhile
   * comes after that.
   */
  *take(amount: number): Generator<ObservableNotification<T>> {
    let left = amount;
    for (let first = this.#first; first !== undefined; first = this.#first) {
      const { notification, text, given } = first;
      if (text === undefined) {
        this.#drop(first);
        yield notification;
        continue;
      }
      if (left <= 0) return;
      const end = this.#boundary(text.text, given + left);
      const isLast = end === text.text.length;
      left -= end - given;
      first.given = end;
      if (isLast) this.#drop(first);
      yield isLast && given === 0
        ? notification
        : { kind: 'N', value: text.with(text.text.slice(given, end), isLast) };
    }
  }

  #drop({ next }: Waiting<T>): void {
    this.#first = next;
    if (next === undefined) this.#last = undefined;
  }

  /** The first place from `at` on where no character is cut, as a reader sees characters. */
  #boundary(text: string, at: number): number {
    if (at >= text.length) return text.length;
    const { index, segment } = this.#graphemes.segment(text).containing(at) as Intl.SegmentData;
    return index === at ? at : index + segment.length;
  }
}
