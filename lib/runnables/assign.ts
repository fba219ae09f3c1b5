import { filter, map, merge, type Observable, type OperatorFunction } from 'rxjs';
import { accumulate } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import {
  checkObject,
  filterKeys,
  KeyedAccumulator,
  SNAPSHOT,
  toKeyed,
} from './internal/keyed-chunk.js';
import {
  type Branches,
  parallel,
  type ParallelChunk,
  type ParallelOutput,
  type RunnableParallel,
} from './parallel.js';
import { runShared$ } from './internal/share-input.js';
import type { InputOfAll } from './to-runnable.js';

/** An object with the keys that were assigned to it. */
export type Assigned<I, B> = Omit<I, keyof B> & ParallelOutput<B>;

/** A chunk of such an object: some of its own keys, or a chunk under an assigned key. */
export type AssignedChunk<I, B> = Partial<Omit<I, keyof B>> & ParallelChunk<B>;

/**
 * An object as it comes, and beside its own keys what a `parallel` makes of it: see {@link RunnablePassthrough.assign}.
 */
export class RunnableAssign<B extends Branches, I = InputOfAll<B[keyof B]>> extends Runnable<
  I,
  Assigned<I, B>,
  AssignedChunk<I, B>
> {
  static override readonly lcName = 'RunnableAssign';
  override readonly takes = 'chunks';
  override readonly fold = accumulate(
    () => new KeyedAccumulator(SNAPSHOT),
  ) as unknown as OperatorFunction<never, Assigned<I, B>>;
  readonly #mapper: RunnableParallel<Branches, unknown>;

  constructor(branches: B) {
    super();
    this.#mapper = parallel(branches as unknown as Branches<unknown>);
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<AssignedChunk<I, B>> {
    return runShared$(this, input, config, (shared, run) =>
      merge(
        shared.chunks$.pipe(toKeyed(shared.fold, this.name), this.#withoutAssigned()),
        this.#mapper.run$(shared, run.configFor()),
      ),
    ) as Observable<AssignedChunk<I, B>>;
  }

  override checkInput(input: I): void {
    checkObject(input, this.name);
    this.#mapper.checkInput(input);
  }

  #withoutAssigned() {
    const assigned = new Set(this.#mapper.keys);
    return (chunks$: ReturnType<ReturnType<typeof toKeyed>>) =>
      chunks$.pipe(
        map((chunk) => filterKeys(chunk, (key) => !assigned.has(key))),
        filter((chunk) => Object.keys(chunk).length > 0),
      );
  }
}
