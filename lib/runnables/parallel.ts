import { map, merge, type Observable, type OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { accumulate } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { LOCAL_TAGS } from '../core/run/run-spec.js';
import { Runnable } from '../core/runnable.js';
import { KeyedAccumulator, KeyedShape } from './internal/keyed-chunk.js';
import { runShared$ } from './internal/share-input.js';
import {
  type InputOfAll,
  type OutputOf,
  type PieceOf,
  type RunnableLike,
  toRunnable,
} from './to-runnable.js';

/** The branches of a `parallel`: runnables or functions, by the key of their output. */
export type Branches<I = never> = Readonly<Record<string, RunnableLike<I>>>;

/** The object of the outputs of all branches. */
export type ParallelOutput<B> = { -readonly [K in keyof B]: OutputOf<B[K]> };

/** A chunk of one branch, under its key. */
export type ParallelChunk<B> = { readonly [K in keyof B]?: PieceOf<B[K]> };

/**
 * Runs all branches at the same time on the same input. Emits the chunks of each branch under its key as they arrive. The
 * output is an object with the output of each branch, in the order of `branches`.
 *
 *     a       -x---y-|
 *     b       ---1|
 *     result  -{a:x}-{b:1}-{a:y}-|
 *
 * If one of the branches takes chunks, the run begins with the first chunk of its input; branches that take the whole
 * input start when it is complete. If one branch fails, the run fails with its error, and the others are cancelled.
 *
 * @example
 * await parallel({ length: (q: string) => q.length, shout: (q: string) => q.toUpperCase() }).invoke('moon') // => { length: 4, shout: 'MOON' }
 */
export function parallel<I, B extends Branches<I>>(branches: B): RunnableParallel<B, I>;
export function parallel<B extends Branches>(branches: B): RunnableParallel<B>;
export function parallel<B extends Branches>(branches: B): RunnableParallel<B> {
  return new RunnableParallel(branches);
}

/** Runnables side by side, see {@link parallel}. Its name in events is `RunnableMap`, as in LangChain. */
export class RunnableParallel<B extends Branches, in I = InputOfAll<B[keyof B]>> extends Runnable<
  I,
  ParallelOutput<B>,
  ParallelChunk<B>
> {
  static override readonly lcName = 'RunnableMap';
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: OperatorFunction<never, ParallelOutput<B>>;
  /** The keys of the branches. */
  readonly keys: readonly string[];
  readonly #branches: ReadonlyMap<string, Runnable<unknown, unknown>>;
  readonly #shape: KeyedShape<ParallelChunk<B>>;

  constructor(branches: B) {
    super();
    if (typeof (branches as unknown) !== 'object' || (branches as unknown) === null) {
      throw new TypeError(
        `parallel takes an object of branches by key, got ${describeValue(branches)}`,
      );
    }
    const all = new Map(
      Object.entries(branches).map(([key, part]) => [key, toRunnable(part, `branch "${key}"`)]),
    );
    this.#branches = all;
    this.keys = [...all.keys()];
    this.takes = [...all.values()].some(({ takes }) => takes === 'chunks') ? 'chunks' : 'whole';
    this.#shape = new KeyedShape(
      this.keys,
      (key) => (all.get(key) as Runnable<never, unknown>).fold,
    );
    this.fold = accumulate(() => new KeyedAccumulator(this.#shape)) as OperatorFunction<
      never,
      ParallelOutput<B>
    >;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<ParallelChunk<B>> {
    return runShared$(this, input, config, (shared, run) =>
      merge(
        ...[...this.#branches].map(([key, branch]) =>
          branch
            .run$(shared, run.configFor({ [LOCAL_TAGS]: [`map:key:${key}`] }))
            .pipe(map((piece) => this.#shape.chunk(key, piece))),
        ),
      ),
    );
  }

  override checkInput(input: I): void {
    for (const branch of this.#branches.values()) branch.checkInput(input);
  }
}
