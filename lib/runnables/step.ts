import { isObservable, type Observable, type OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { foldChunks } from '../core/fold-chunks.js';
import { reportTeardown } from '../core/run/report-teardown.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { type CHUNK, Runnable, type TakesChunks } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import type { WholeOf } from './lambda.js';

/** Options of {@link step}. */
export interface StepOptions<C, O> {
  /** The name in events. @defaultValue `'RunnableStep'` */
  readonly name?: string;
  /** Makes the output of the chunks. @defaultValue `foldChunks()` */
  readonly fold?: OperatorFunction<C, O>;
}

type Op<A, B> = OperatorFunction<A, B>;

/**
 * Makes a step of a chain of RxJS operators: they receive the chunks of the previous step as they arrive, and emit the
 * chunks of this step.
 *
 * The operators are applied anew for each run. By default the chunks are folded as those of `lambda`: strings append,
 * messages merge, otherwise the last value counts. Without a chunk there is no output. An error that the operators throw
 * or emit is the error of the run. Cancelling unsubscribes from the operators, and so from the previous step: `take(1)`
 * closes the request. Backpressure passes as far as the operators pass it on. An input that is already complete is a
 * single chunk. Throws a `TypeError` for an argument that is not a function.
 *
 * @example
 * const shout = step(map((text: string) => text.toUpperCase()), filter((text) => text !== ''));
 * const chain = lambda(() => of('gold', '', 'fish')).pipe(shout);
 * chain.stream$('') // => ['GOLD', 'FISH']
 * await chain.invoke('') // => 'GOLDFISH'
 *
 * @example
 * const lengths = step(scan((sum, text: string) => sum + text.length, 0), { name: 'Lengths' });
 * await lambda(() => of('gold', 'fish')).pipe(lengths).invoke('') // => 8
 *
 * @see {@link lambda} for a function of the whole
 */
export function step<A, B, C, D, E, F, G, O = WholeOf<G>>(
  op1: Op<A, B>,
  op2: Op<B, C>,
  op3: Op<C, D>,
  op4: Op<D, E>,
  op5: Op<E, F>,
  op6: Op<F, G>,
  options?: StepOptions<G, O>,
): RunnableStep<A, NoInfer<O>, G>;
export function step<A, B, C, D, E, F, O = WholeOf<F>>(
  op1: Op<A, B>,
  op2: Op<B, C>,
  op3: Op<C, D>,
  op4: Op<D, E>,
  op5: Op<E, F>,
  options?: StepOptions<F, O>,
): RunnableStep<A, NoInfer<O>, F>;
export function step<A, B, C, D, E, O = WholeOf<E>>(
  op1: Op<A, B>,
  op2: Op<B, C>,
  op3: Op<C, D>,
  op4: Op<D, E>,
  options?: StepOptions<E, O>,
): RunnableStep<A, NoInfer<O>, E>;
export function step<A, B, C, D, O = WholeOf<D>>(
  op1: Op<A, B>,
  op2: Op<B, C>,
  op3: Op<C, D>,
  options?: StepOptions<D, O>,
): RunnableStep<A, NoInfer<O>, D>;
export function step<A, B, C, O = WholeOf<C>>(
  op1: Op<A, B>,
  op2: Op<B, C>,
  options?: StepOptions<C, O>,
): RunnableStep<A, NoInfer<O>, C>;
export function step<A, B, O = WholeOf<B>>(
  op1: Op<A, B>,
  options?: StepOptions<B, O>,
): RunnableStep<A, NoInfer<O>, B>;
export function step(
  ...given: (Op<unknown, unknown> | StepOptions<unknown, unknown> | undefined)[]
): RunnableStep<unknown, unknown> {
  const operators = given.filter((each) => typeof each === 'function');
  const options = given[operators.length];
  const stranger = given.find((each, at) => typeof each !== 'function' && at < given.length - 1);
  if (operators.length === 0 || stranger !== undefined || isObservable(options))
    throw new TypeError(`step takes operators of RxJS, got ${describeValue(stranger ?? options)}`);
  return new RunnableStep(operators, options as StepOptions<unknown, unknown> | undefined);
}

/** RxJS operators as a step of a chain, see {@link step}. */
export class RunnableStep<in A, out O, out C = O>
  extends Runnable<never, O, C>
  implements TakesChunks<A, O, C>
{
  static override readonly lcName = 'RunnableStep';
  /** Carries the chunk types for inference. It does not exist at run time. */
  declare readonly [CHUNK]: TakesChunks<A, O, C>[typeof CHUNK];
  override readonly takes = 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #operators: readonly Op<unknown, unknown>[];
  readonly #ownName: string | undefined;

  constructor(operators: readonly Op<unknown, unknown>[], options: StepOptions<never, O> = {}) {
    super();
    this.#operators = operators;
    this.#ownName = options.name;
    this.fold = options.fold ?? foldChunks();
  }

  override get name(): string {
    return this.#ownName ?? super.name;
  }

  override run$(input: RunInput<never>, config: RunConfig): Observable<C> {
    return runChunks$(this, input, config, (chunks$) => {
      const result$ = this.#operators.reduce((before$, operator) => operator(before$), chunks$);
      return (result$ as Observable<C>).pipe(reportTeardown());
    });
  }
}
