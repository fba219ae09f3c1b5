import {
  defer,
  from,
  isObservable,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
} from 'rxjs';
import { fromAsyncIterable } from '../adapters/from-async-iterable.js';
import { describeValue } from '../core/internal/describe-value.js';
import { foldChunks } from '../core/fold-chunks.js';
import { reportTeardown } from '../core/run/report-teardown.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { isRunnable, Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import { byValue } from './internal/pass-or-fold.js';

/** The config that a function receives with its input. Pass it to other runnables to make their runs children of this run. */
export interface LambdaConfig extends RunConfig {
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
}

/** A function that returns a value, a promise, an Observable, an async iterable or a runnable. */
export type LambdaFunction<I, R> = (input: I, config: LambdaConfig) => R;

/** The type of the chunks that a function with this return type emits. */
export type ChunkOf<R> =
  R extends Promise<infer V>
    ? ChunkOf<V>
    : R extends Runnable<never, unknown, infer C>
      ? C
      : R extends Observable<infer C>
        ? C
        : R extends AsyncIterable<infer C>
          ? C
          : R;

/** The type of the whole output of a function with this return type, with the default fold. */
export type WholeOf<R> =
  R extends Promise<infer V>
    ? WholeOf<V>
    : R extends Runnable<never, infer O, unknown>
      ? O
      : ChunkOf<R> extends infer C
        ? C extends AIMessageChunk
          ? AIMessage
          : C
        : never;

/** Options of {@link lambda}. */
export interface LambdaOptions<C, O> {
  /** The name in events, `RunnableLambda` by default. */
  readonly name?: string;
  /** Makes the output of the chunks. Default: the fold of the runnable that the function returns, otherwise `foldChunks()`. */
  readonly fold?: OperatorFunction<C, O>;
}

/**
 * Makes a runnable of a function, which is called once for each run with the whole input.
 *
 * The run emits what the function returns: a value, the value of a promise, the values of an Observable or async
 * iterable as they arrive, or the chunks of a runnable, which runs with the same input. A returned runnable with its own
 * fold, such as a list parser, emits its whole output, unless the lambda has a `fold`. An error of the function is the
 * error of the run. Cancelling unsubscribes from the result and aborts `config.signal`.
 *
 * @example
 * await lambda((name: string) => `Hello ${name}!`).invoke('moon') // => 'Hello moon!'
 */
export function lambda<I, R, O>(
  fn: LambdaFunction<I, R>,
  options: LambdaOptions<ChunkOf<R>, O> & { readonly fold: OperatorFunction<ChunkOf<R>, O> },
): RunnableLambda<I, O, ChunkOf<R>>;
export function lambda<I, R>(
  fn: LambdaFunction<I, R>,
  options?: { readonly name?: string },
): RunnableLambda<I, WholeOf<R>, ChunkOf<R>>;
export function lambda<I, C, O>(
  fn: LambdaFunction<I, unknown>,
  options?: LambdaOptions<C, O>,
): RunnableLambda<I, O, C> {
  return new RunnableLambda<I, O, C>(fn, options);
}

/** A function as a runnable, see {@link lambda}. */
export class RunnableLambda<in I, out O, out C = O> extends Runnable<I, O, C> {
  static override readonly lcName = 'RunnableLambda';
  override readonly fold: OperatorFunction<never, O>;
  readonly #fn: LambdaFunction<I, unknown>;
  readonly #ownName: string | undefined;
  readonly #ownFold: boolean;

  constructor(fn: LambdaFunction<I, unknown>, options: LambdaOptions<never, O> = {}) {
    super();
    if (typeof fn !== 'function')
      throw new TypeError(`lambda takes a function, got ${describeValue(fn)}`);
    this.#fn = fn;
    this.#ownName = options.name;
    this.#ownFold = options.fold !== undefined;
    this.fold = options.fold ?? foldChunks();
  }

  override get name(): string {
    return this.#ownName ?? super.name;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<C> {
    return runWhole$(this, input, config, (value, run) => {
      const own = run.configFor<LambdaConfig>();
      return defer(() => this.#chunksOf(this.#fn(value, own), value, own));
    });
  }

  #chunksOf(result: unknown, input: unknown, config: RunConfig): Observable<C> {
    if (isRunnable(result)) {
      const chunks$ = (result as Runnable<unknown, unknown, C>).run$(RunInput.of(input), config);
      return this.#ownFold ? chunks$ : chunks$.pipe(byValue(() => result.fold));
    }
    if (isObservable(result)) return (result as Observable<C>).pipe(reportTeardown());
    if (isPromise(result))
      return from(result).pipe(mergeMap((value) => this.#chunksOf(value, input, config)));
    if (isAsyncIterable<C>(result)) return fromAsyncIterable(result);
    return of(result as C);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}

function isAsyncIterable<C>(value: unknown): value is AsyncIterable<C> {
  return (
    typeof (value as Partial<AsyncIterable<C>> | undefined)?.[Symbol.asyncIterator] === 'function'
  );
}
