import { from, map, mergeMap, type Observable, type OperatorFunction } from 'rxjs';
import { callOptions } from '../core/call-options.js';
import { describeValue } from '../core/internal/describe-value.js';
import { accumulate } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { isRunnable, Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import { KeyedAccumulator, KeyedShape } from './internal/keyed-chunk.js';

/**
 * Runs a runnable for each element of an array, at most `maxConcurrency` at a time. Emits the chunks of each run under
 * its index, `{ 0: chunk }`, as they arrive. The output is the array of outputs, in the order of the inputs.
 *
 * If one run fails, the whole run fails with its error, and the other runs are cancelled.
 *
 * @example
 * await new RunnableEach(lambda((n: number) => n + 1)).invoke([1, 2, 3]) // => [2, 3, 4]
 */
export class RunnableEach<in I, out O, out C = O, in X = unknown> extends Runnable<
  readonly I[],
  O[],
  Readonly<Record<number, C>>,
  X
> {
  static override readonly lcName = 'RunnableEach';
  override readonly fold: OperatorFunction<never, O[]>;
  readonly #bound: Runnable<I, O, C, X>;
  readonly #shape: KeyedShape<Readonly<Record<number, C>>>;

  constructor(bound: Runnable<I, O, C, X>) {
    super();
    if (!isRunnable(bound))
      throw new TypeError(`RunnableEach takes a runnable, got ${describeValue(bound)}`);
    this.#bound = bound;
    this.#shape = new KeyedShape(
      [],
      () => bound.fold,
      (shape) => new ListAccumulator(shape),
    );
    this.fold = accumulate(() => new ListAccumulator(this.#shape)) as OperatorFunction<never, O[]>;
  }

  override run$(
    input: RunInput<readonly I[]>,
    config: RunConfig & X,
  ): Observable<Readonly<Record<number, C>>> {
    return runWhole$(this, input, config, (elements, run) => {
      this.checkInput(elements);
      return from(elements).pipe(
        mergeMap(
          (element, index) =>
            this.#bound
              .run$(RunInput.of(element), run.configFor(callOptions<X & object>(config)))
              .pipe(map((piece) => this.#shape.chunk(String(index), piece))),
          config.maxConcurrency,
        ),
      );
    });
  }

  override checkInput(input: readonly I[]): void {
    const isArray: boolean = Array.isArray(input);
    if (!isArray) throw new TypeError(`${this.name} takes an array, got ${describeValue(input)}`);
    for (const element of input) this.#bound.checkInput(element);
  }
}

class ListAccumulator extends KeyedAccumulator {
  override get whole(): unknown {
    return Object.assign([], super.whole);
  }
}
