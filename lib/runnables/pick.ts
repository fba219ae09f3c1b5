import { defaultIfEmpty, defer, filter, map, type Observable, type OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { accumulate, foldChunks } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import { byValue } from './internal/pass-or-fold.js';
import {
  checkObject,
  filterKeys,
  foldOfKey,
  KeyedAccumulator,
  type KeyedChunk,
  SNAPSHOT,
  toKeyed,
} from './internal/keyed-chunk.js';

/**
 * Picks one key of an object, or an object of some of its keys, chunk by chunk as they arrive. A single key that is
 * missing emits `undefined` once. An input that is not an object is a `TypeError`.
 *
 * After another runnable the types are inferred. Alone they are given: `pick<{ answer: string }, 'answer'>('answer')`.
 *
 * @example
 * const chain = parallel({ answer: () => 'Yes.', draft: () => 'Er' });
 * await chain.pipe(pick('answer')).invoke('Why?') // => 'Yes.'
 */
export function pick<T, const K extends keyof T & string>(key: K): Runnable<T, T[K]>;
export function pick<T, const K extends readonly (keyof T & string)[]>(
  keys: K,
): Runnable<T, Pick<T, K[number]>, Partial<Pick<T, K[number]>>>;
export function pick<T, O, C>(keys: string | readonly string[]): Runnable<T, O, C> {
  return new RunnablePick<T, O, C>(keys);
}

/** One key of an object, or some, see {@link pick}. */
export class RunnablePick<in T, out O, out C = O> extends Runnable<T, O, C> {
  static override readonly lcName = 'RunnablePick';
  override readonly takes = 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #picked: OperatorFunction<KeyedChunk, unknown>;

  constructor(keys: string | readonly string[]) {
    super();
    if (![keys].flat().every((key) => typeof key === 'string')) {
      throw new TypeError(`pick takes a key or an array of keys, got ${describeValue(keys)}`);
    }
    const isOne = typeof keys === 'string';
    this.#picked = isOne ? pickOne(keys) : pickSome(new Set(keys));
    this.fold = (
      isOne ? foldChunks() : accumulate(() => new KeyedAccumulator(SNAPSHOT))
    ) as OperatorFunction<never, O>;
  }

  override run$(input: RunInput<T>, config: RunConfig): Observable<C> {
    return runChunks$(this, input, config, (chunks$) =>
      chunks$.pipe(toKeyed(input.fold, this.name), this.#picked),
    ) as Observable<C>;
  }

  override checkInput(input: T): void {
    checkObject(input, this.name);
  }
}

function pickOne(key: string): OperatorFunction<KeyedChunk, unknown> {
  return (chunks$) =>
    defer(() => {
      let fold: OperatorFunction<never, unknown> = foldChunks();
      return chunks$.pipe(
        filter((chunk) => Object.hasOwn(chunk, key)),
        map((chunk) => {
          fold = foldOfKey(chunk, key);
          return chunk[key];
        }),
        byValue(() => fold),
        defaultIfEmpty(undefined),
      );
    });
}

function pickSome(keys: ReadonlySet<string>): OperatorFunction<KeyedChunk, KeyedChunk> {
  return (chunks$) =>
    chunks$.pipe(
      map((chunk) => filterKeys(chunk, (key) => keys.has(key))),
      filter((chunk) => Object.keys(chunk).length > 0),
    );
}
