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
 * Gives what it gets, chunk by chunk as it comes. What is folded in a way of its own, as a parser's items are, it gives
 * whole.
 *
 * @example
 * const chain = parallel({ question: new RunnablePassthrough<string>(), length: (q: string) => q.length });
 * await chain.invoke('Why?') // => { question: 'Why?', length: 4 }
 */
export class RunnablePassthrough<T> extends Runnable<T, T> {
  static override readonly lcName = 'RunnablePassthrough';
  override readonly takes = 'chunks';

  /**
   * Passes an object on and adds what `branches` make of it. Its own keys come first, as they come, but not those that
   * a branch makes anew; then the chunks of each branch under its key, as of `parallel`. Anything but an object is a
   * `TypeError`.
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

  /** The same, where the type of the object is known: the parameters of functions need none of their own. */
  assign<B extends Branches<T>>(branches: B): Runnable<T, Assigned<T, B>, AssignedChunk<T, B>> {
    return new RunnableAssign<B, T>(branches);
  }

  override run$(input: RunInput<T>, config: RunConfig): Observable<T> {
    return runChunks$(this, input, config, (chunks$) =>
      (chunks$ as Observable<T>).pipe(byValue(() => input.fold)),
    );
  }
}
