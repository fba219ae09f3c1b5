import { defer, filter, map, type OperatorFunction, reduce } from 'rxjs';
import { GrowingText } from './internal/growing-text.js';

/** A whole in the making: chunks are added to it, in order. */
export interface Accumulator<C, O> {
  add(chunk: C): void;
  readonly whole: O;
}

/** The method by which a chunk says how its like are folded; message chunks have it. */
export const ACCUMULATOR: unique symbol = Symbol.for('rxlm.accumulator');

/** Adds each value of its source to a new accumulator and emits its whole at the end, also for an empty source. */
export function accumulate<C, O>(make: () => Accumulator<C, O>): OperatorFunction<C, O> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        reduce((accumulator, chunk) => {
          accumulator.add(chunk);
          return accumulator;
        }, make()),
        map(({ whole }) => whole),
      ),
    );
}

/**
 * Folds chunks into their whole, the way of a runnable that says nothing else: strings append, message chunks
 * merge, of anything else the last one stands. Emits once, and nothing for an empty source.
 *
 *     source  -a-b-c|
 *     result  ------(abc|)
 *
 * @example
 * await lastValueFrom(of('gold', 'fish').pipe(foldChunks())) // => 'goldfish'
 */
export function foldChunks<C, O = C>(): OperatorFunction<C, O> {
  return (source$) =>
    source$.pipe(
      accumulate(() => new AnyChunks<C>()),
      filter(({ some }) => some),
      map(({ value }) => value as O),
    );
}

class AnyChunks<C> implements Accumulator<C, { some: boolean; value: unknown }> {
  #some = false;
  #last: C | undefined;
  #merging: Accumulator<C, unknown> | undefined;
  #isText = false;

  add(chunk: C): void {
    const isText = typeof chunk === 'string';
    if (isText !== this.#isText) this.#merging = undefined;
    this.#some = true;
    this.#isText = isText;
    this.#merging = isText
      ? (this.#merging ?? (new GrowingText() as Accumulator<unknown, string>))
      : canAccumulate(chunk)
        ? (this.#merging ?? chunk[ACCUMULATOR]())
        : undefined;
    if (this.#merging === undefined) this.#last = chunk;
    else this.#merging.add(chunk);
  }

  get whole(): { some: boolean; value: unknown } {
    return {
      some: this.#some,
      value: this.#merging === undefined ? this.#last : this.#merging.whole,
    };
  }
}

function canAccumulate<C>(chunk: C): chunk is C & { [ACCUMULATOR](): Accumulator<C, unknown> } {
  return typeof chunk === 'object' && chunk !== null && ACCUMULATOR in chunk;
}
