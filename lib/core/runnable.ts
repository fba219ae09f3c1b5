import {
  defer,
  firstValueFrom,
  identity,
  type Observable,
  type OperatorFunction,
  throwIfEmpty,
} from 'rxjs';
import { RxlmError } from '../errors/rxlm-error.js';
import { abortWith } from './run/abort-with.js';
import { type BatchConfig, type BatchItem, inOrder, isList, runBatch$ } from './batch.js';
import { describeValue } from './internal/describe-value.js';
import type { EventOptions } from './events/event-options.js';
import { eventsOf } from './events/events-of-run.js';
import { foldChunks } from './fold-chunks.js';
import { GATE } from './demand/gate.js';
import { checkConfigNames } from './internal/check-config-names.js';
import { Misplaced } from './internal/misplaced-methods.js';
import { checkingInput } from './internal/refused-input.js';
import { reportTeardown } from './run/report-teardown.js';
import { checkConfig, type RunConfig } from './run-config.js';
import type { RunEvent, RunType } from './events/run-event.js';
import { RunInput } from './run-input.js';
import type { RunSpec } from './run/run-spec.js';
import { SCOPE } from './run/scope.js';
import { runSequence$, type Step, type Steps } from './sequence.js';
import { pullFrom } from './demand/to-async-iterable.js';

/** Where a runnable says what its chunks of input are; only in types. */
export declare const CHUNK: unique symbol;

/** A runnable that is made for the chunks of the one before it rather than for its output. */
export interface TakesChunks<in C, out O2, out C2> {
  readonly [CHUNK]: {
    readonly takes: (chunk: C) => void;
    readonly output: O2;
    readonly chunk: C2;
  };
}

/**
 * A named function from one input, perhaps still arriving, to the chunks of one output.
 *
 * Subscribing starts a run, unsubscribing cancels it, nothing else starts or cancels anything: each subscription is
 * a run of its own. All views below are projections of `run$`, which is what a class of your own implements,
 * with `runWhole$` or `runChunks$` if its runs are to emit events.
 *
 * `I` is the input, `O` the output as a whole, `C` one chunk of it, `X` the call options that its config takes.
 */
export abstract class Runnable<in I, out O, out C = O, in X = unknown>
  extends (Misplaced as abstract new () => object)
  implements RunSpec
{
  /** The name in events, where it is not the class's. */
  static readonly lcName: string | undefined;

  /** Carries the types, so that a wrong order of steps does not compile; there is nothing in it. */
  declare readonly '~types'?: {
    readonly input: (input: I) => void;
    readonly output: O;
    readonly chunk: C;
  };

  /** The middle of the names of its events. */
  readonly runType: RunType = 'chain';
  /** Whether a run waits for its whole input or begins with the first chunk of it. */
  readonly takes: 'whole' | 'chunks' = 'whole';
  /** How its chunks make its output: an operator that emits once, as they complete. */
  readonly fold: OperatorFunction<never, O> = foldChunks();

  /** The one primitive: the chunks of one run, cold. */
  abstract run$(input: RunInput<I>, config: RunConfig & X): Observable<C>;

  get name(): string {
    const { lcName, name } = this.constructor as typeof Runnable;
    return lcName ?? name;
  }

  /**
   * The chunks of a run for each subscription, as they are made.
   *
   * Errors with what the run fails with, after every chunk that came before it; with `config.signal`'s reason once
   * that is aborted. Unsubscribing cancels the run at once.
   */
  stream$(input: I, config: RunConfig & X = {} as RunConfig & X): Observable<C> {
    this.checkConfig(config);
    checkingInput(() => {
      this.checkInput(input);
    });
    return defer(() => this.run$(RunInput.of(input), config)).pipe(
      config[SCOPE] === undefined ? reportTeardown() : identity,
      abortWith(config),
    );
  }

  /**
   * The story of a run for each subscription: every event of it and of the runs inside, in LangChain's schema.
   *
   * Errors after the root's `on_*_error`. Unsubscribing cancels the run; its `on_*_cancel` is then seen by
   * `config.listeners` only.
   */
  events$(
    input: I,
    config: RunConfig & EventOptions & X = {} as RunConfig & EventOptions & X,
  ): Observable<RunEvent> {
    this.checkConfig(config);
    checkingInput(() => {
      this.checkInput(input);
    });
    return eventsOf(config, (own) => this.stream$(input, own as RunConfig & X));
  }

  /**
   * The output of one run as a promise. Rejects with what the run fails with, or with the aborted signal's reason.
   *
   * A run may end without a value, and then there is no output: that rejects with an `RxlmError` of code `empty`.
   * `undefined` in its place would be a lie in types, and what a function gave that did give `undefined`.
   */
  async invoke(input: I, config?: RunConfig & X): Promise<O> {
    return firstValueFrom(this.#whole$(input, config));
  }

  /**
   * The outputs for many inputs, in the order of the inputs, `maxConcurrency` of them at a time; with one config for all
   * of them, or one for each. The first failure rejects and cancels the others, unless `returnExceptions` is set. An item
   * without a value is one, as with `invoke`.
   */
  batch(
    inputs: readonly I[],
    config?: BatchConfig<{ readonly returnExceptions?: false } & X>,
  ): Promise<O[]>;
  batch(inputs: readonly I[], config: BatchConfig<X>): Promise<(O | Error)[]>;
  async batch(
    inputs: readonly I[],
    config: BatchConfig<X> = {} as RunConfig & X,
  ): Promise<(O | Error)[]> {
    return firstValueFrom(this.batch$(inputs, config).pipe(inOrder()));
  }

  /** The outputs for many inputs with their index, as they are completed, `maxConcurrency` of them at a time. */
  batch$(
    inputs: readonly I[],
    config?: BatchConfig<{ readonly returnExceptions?: false } & X>,
  ): Observable<BatchItem<O>>;
  batch$(inputs: readonly I[], config: BatchConfig<X>): Observable<BatchItem<O | Error>>;
  batch$(
    inputs: readonly I[],
    config: BatchConfig<X> = {} as RunConfig & X,
  ): Observable<BatchItem<O | Error>> {
    for (const each of isList(config) ? config : [config]) this.checkConfig(each);
    return runBatch$(inputs, config, (input, own) => this.#whole$(input, own as RunConfig & X));
  }

  /**
   * The chunks of one run as an async iterable: begun by the first `next()`, read from the source only as fast
   * as they are taken, cancelled by `break`.
   */
  stream(input: I, config: RunConfig & X = {} as RunConfig & X): AsyncIterableIterator<C> {
    this.checkConfig(config);
    return pullFrom((gate) => this.stream$(input, { ...config, [GATE]: gate }));
  }

  /** The events of one run as an async iterable: begun by the first `next()`, cancelled by `break`. */
  streamEvents(
    input: I,
    config: RunConfig & EventOptions & X = {} as RunConfig & EventOptions & X,
  ): AsyncIterableIterator<RunEvent> {
    this.checkConfig(config);
    return pullFrom((gate) => this.events$(input, { ...config, [GATE]: gate }));
  }

  /** A sequence of this and `next`, which takes this one's chunks as they come or their whole, as it is made to. */
  pipe<O2, C2>(next: Runnable<O, O2, C2> | TakesChunks<C, O2, C2>): RunnableSequence<I, O2, C2>;
  pipe<O2, C2>(
    next: Runnable<O, O2, C2> | TakesChunks<C, O2, C2>,
    ...more: readonly unknown[]
  ): RunnableSequence<I, O2, C2> {
    if (!isRunnable(next)) {
      throw new TypeError(
        `pipe takes a runnable, got ${describeValue(next)}. Wrap a function in lambda(fn), an object in parallel({ … }), RxJS operators in step(…)`,
      );
    }
    if (more.length > 0) throw new TypeError('pipe takes one runnable: a.pipe(b).pipe(c)');
    return new RunnableSequence<I, O2, C2>([...this.steps, ...next.steps]);
  }

  /** What a sequence consists of that this is put into: a sequence of its own steps. */
  get steps(): Steps {
    return [this];
  }

  /** Throws a `TypeError` for a config that is invalid, when a view of it is asked for. */
  checkConfig(config: RunConfig & X): void {
    checkConfig(config);
    checkConfigNames(config);
  }

  /** Throws a `TypeError` for an input that cannot be meant, when a view of it is asked for. */
  checkInput(_input: I): void {
    // Anything goes, unless a class says otherwise.
  }

  /** The input as the events of a nested run show it. */
  showInput(input: I): unknown {
    return input;
  }

  /** Metadata of its own runs that the runs inside do not inherit. */
  localMetadata(_config: RunConfig): Readonly<Record<string, unknown>> | undefined {
    return undefined;
  }

  /** The error of a run that took longer than its `timeout`. */
  timedOut(ms: number, _partial: unknown): unknown {
    return new RxlmError(
      `${this.name}: not done within ${String(ms)} ms. Raise config.timeout, or ask for less.`,
      {
        code: 'timeout',
        phase: 'total',
      },
    );
  }

  #whole$(input: I, config: (RunConfig & X) | undefined): Observable<O> {
    return this.stream$(input, config).pipe(
      this.fold as OperatorFunction<C, O>,
      throwIfEmpty(() => {
        const message = `${this.name}: it has ended without a value, so there is no output. `;
        const remedy = 'Have it give one, or take its chunks with stream$, which may be none.';
        return new RxlmError(message + remedy, { code: 'empty' });
      }),
    );
  }
}

/**
 * Runnables one behind the other as one: the chunks of each go on as they come to a step that takes chunks,
 * their whole to one that takes the whole.
 */
export class RunnableSequence<in I, out O, out C = O> extends Runnable<I, O, C> {
  static override readonly lcName = 'RunnableSequence';
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #parts: Steps;

  constructor(steps: Steps) {
    super();
    this.#parts = steps;
    this.takes = steps[0].takes;
    this.fold = (steps.at(-1) as Step).fold as OperatorFunction<never, O>;
  }

  override checkInput(input: I): void {
    this.#parts[0].checkInput(input as never);
  }

  override get steps(): Steps {
    return this.#parts;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<C> {
    return runSequence$(this, this.#parts, input, config);
  }
}

/** Whether a value is a runnable, whichever copy of the package made it. */
export function isRunnable(value: unknown): value is Runnable<never, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'run$' in value &&
    'takes' in value &&
    'fold' in value
  );
}
