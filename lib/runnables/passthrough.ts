import type { Observable } from 'rxjs';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import { type Assigned, type AssignedChunk, RunnableAssign } from './assign.js';
import { byValue } from './internal/pass-or-fold.js';
import type { Branches } from './parallel.js';
import type { InputOfAll } from './to-runnable.js';

/**
 * Passes its input on, chunk by chunk as it arrives. Input with its own fold, such as the items of a list parser, is
 * passed on whole.
 *
 * @example
 * const chain = parallel({ question: new RunnablePassthrough<string>(), length: (q: string) => q.length });
 * await chain.invoke('Why?') // => { question: 'Why?', length: 4 }
 */
export class RunnablePassthrough<T> extends Runnable<T, T> {
  static override readonly lcName = 'RunnablePassthrough';
  override readonly takes = 'chunks';

  /**
   * Passes an object on and adds the outputs of `branches`, which run on the same object. The keys of the object are
   * emitted as they arrive, except those that a branch replaces, and the chunks of each branch under its key, as in
   * `parallel`. An input that is not an object is a `TypeError`.
   *
   * @example
   * const chain = RunnablePassthrough.assign({ length: ({ word }: { word: string }) => word.length });
   * await chain.invoke({ word: 'gold' }) // => { word: 'gold', length: 4 }
   */
  static assign<I, B extends Branches<I>>(
    branches: B,
  ): Runnable<I, Assigned<I, B>, AssignedChunk<I, B>>;
  static assign<B extends Branches>(
    branches: B,
  ): Runnable<
    InputOfAll<B[keyof B]>,
    Assigned<InputOfAll<B[keyof B]>, B>,
    AssignedChunk<InputOfAll<B[keyof B]>, B>
  >;
  static assign<B extends Branches>(
    branches: B,
  ): Runnable<
    InputOfAll<B[keyof B]>,
    Assigned<InputOfAll<B[keyof B]>, B>,
    AssignedChunk<InputOfAll<B[keyof B]>, B>
  > {
    return new RunnableAssign(branches);
  }

  /** The same with the type of the object known, so that functions need no parameter types. */
  assign<B extends Branches<T>>(branches: B): Runnable<T, Assigned<T, B>, AssignedChunk<T, B>> {
    return new RunnableAssign<B, T>(branches);
  }

  override run$(input: RunInput<T>, config: RunConfig): Observable<T> {
    return runChunks$(this, input, config, (chunks$) =>
      (chunks$ as Observable<T>).pipe(byValue(() => input.fold)),
    );
  }
}
