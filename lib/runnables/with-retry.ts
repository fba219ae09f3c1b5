import { asyncScheduler, type Observable, type OperatorFunction, throwError, timer } from 'rxjs';
import { callOptions } from '../core/call-options.js';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { LOCAL_TAGS } from '../core/run/run-spec.js';
import { isRunnable, Runnable } from '../core/runnable.js';
import type { ChatModel } from '../models/chat-model.js';
import { isChatModel } from '../models/internal/is-chat-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import { WrappedChatModel } from '../models/internal/wrapped-chat-model.js';
import type { StructuredTool } from '../tools/structured-tool.js';
import { isStructuredTool, UnansweredTool, WrappedTool } from '../tools/internal/wrapped-tool.js';
import { ToolError } from '../errors/tool-error.js';
import { type AfterEmission, checkRecovery, runAttempts$ } from './attempt-ids.js';
import { LONGEST_TIMER } from '../core/internal/longest-timer.js';
import { backOff } from './internal/back-off.js';

/** How often and when {@link withRetry} retries. */
export interface RetryOptions {
  /** The number of attempts, including the first. @defaultValue 3 */
  readonly stopAfterAttempt?: number | undefined;
  /**
   * Milliseconds before the next attempt. Default: 1,000 ms, doubled for each attempt up to 30,000 ms. The wait is at least
   * the `retryAfterMs` of the error, and at least 250 ms where the error has one; an error that asks for more than a minute
   * is final. A function of the error and the number of the failed attempt replaces all of this.
   */
  readonly delay?: number | ((error: unknown, attempt: number) => number) | undefined;
  /**
   * Whether to make another attempt after this error; the first attempt is 1. Default: after every error except a
   * `TypeError`, which is a programming error, and errors with `retryable: false`.
   */
  readonly when?: ((error: unknown, attempt: number) => boolean) | undefined;
  /** @defaultValue 'never' */
  readonly after?: AfterEmission | undefined;
}

/**
 * Runs a runnable again when it fails. It retries only if nothing was emitted yet, unless `after` allows it.
 *
 * The run has the name of the runnable. Each attempt is a child run with its own end event; from the second attempt on it
 * has the tag `retry:attempt:2`, `retry:attempt:3` and so on. If all attempts fail, the run fails with the last error. A
 * `timeout` covers all attempts together, and timers use `config.scheduler`. Cancelling stops the attempt or the wait at
 * once.
 *
 *     attempt 1  --#
 *     attempt 2       -a-b-|
 *     result     ------a-b-|
 *
 * A chat model stays a chat model: `bind`, `bindTools`, `runTools` and `withStructuredOutput` accept it. A tool stays a
 * tool: a failed call is run again, and only the last attempt answers it with an error.
 *
 * @example
 * let calls = 0;
 * const flaky = lambda(() => { if (++calls < 3) throw new Error('busy'); return calls; });
 * await withRetry(flaky, { delay: 0 }).invoke('x') // => 3
 *
 * @see {@link AfterEmission} for what `after` does
 */
export function withRetry<X extends ModelCallOptions>(
  model: ChatModel<X>,
  options?: RetryOptions,
): ChatModel<X>;
export function withRetry<I, O, Ctx>(
  tool: StructuredTool<I, O, Ctx>,
  options?: RetryOptions,
): StructuredTool<I, O, Ctx>;
export function withRetry<I, O, C, X>(
  runnable: Runnable<I, O, C, X>,
  options?: RetryOptions,
): Runnable<I, O, C, X>;
export function withRetry(runnable: unknown, options: RetryOptions = {}): Runnable<never, unknown> {
  if (isChatModel(runnable))
    return new WrappedChatModel(new RunnableRetry(runnable, options), [runnable]);
  if (!isStructuredTool(runnable))
    return new RunnableRetry(runnable as Runnable<unknown, unknown>, options);
  // A tool answers a failed call instead of failing; only the tool without that answer can be retried.
  return new WrappedTool(runnable, new RunnableRetry(new UnansweredTool(runnable), options));
}

/** A runnable that is retried when it fails, see {@link withRetry}. */
export class RunnableRetry<in I, out O, out C = O, in X = unknown> extends Runnable<I, O, C, X> {
  static override readonly lcName = 'RunnableRetry';
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #bound: Runnable<I, O, C, X>;
  readonly #options: RetryOptions;

  constructor(bound: Runnable<I, O, C, X>, options: RetryOptions = {}) {
    super();
    if (!isRunnable(bound))
      throw new TypeError(`withRetry takes a runnable, got ${describeValue(bound)}`);
    checkOptions(options);
    this.takes = bound.takes;
    this.fold = bound.fold;
    this.#bound = bound;
    this.#options = options;
  }

  /** The name of the wrapped runnable, as in LangChain. */
  override get name(): string {
    return this.#bound.name;
  }

  override run$(input: RunInput<I>, config: RunConfig & X): Observable<C> {
    const { stopAfterAttempt = 3, delay, when = isWorthIt, after } = this.#options;
    const options = callOptions<X & object>(config);
    return runAttempts$(this, input, config, {
      after,
      attempt$: (attempt, shared, run) =>
        this.#bound.run$(
          shared,
          run.configFor({
            ...options,
            [LOCAL_TAGS]: attempt === 1 ? [] : [`retry:attempt:${attempt}`],
          }),
        ),
      recover$: (error, attempt) => {
        if (attempt >= stopAfterAttempt || !when(error, attempt)) return throwError(() => error);
        const ms = waitFor(delay, error, attempt);
        if (ms === undefined) return throwError(() => error);
        return timer(ms, config.scheduler ?? asyncScheduler);
      },
    });
  }

  override checkInput(input: I): void {
    this.#bound.checkInput(input);
  }

  override checkConfig(config: RunConfig & X): void {
    this.#bound.checkConfig(config);
  }
}

/** Milliseconds, or undefined where the error asks for too long. */
function waitFor(
  delay: RetryOptions['delay'],
  error: unknown,
  attempt: number,
): number | undefined {
  if (typeof delay !== 'function') return backOff(error, attempt, delay);
  const ms: unknown = delay(error, attempt);
  if (typeof ms !== 'number' || !(ms >= 0))
    throw new TypeError(`delay must return a number of milliseconds, got ${describeValue(ms)}`);
  return Math.min(ms, LONGEST_TIMER);
}

function isWorthIt(error: unknown): boolean {
  if (error instanceof TypeError) return false;
  // The same arguments would fail validation again.
  if (ToolError.is(error) && error.code === 'invalid_input') return false;
  return (Object(error) as { readonly retryable?: unknown }).retryable !== false;
}

function checkOptions({ stopAfterAttempt = 1, delay = 0, when, after }: RetryOptions): void {
  if (!(stopAfterAttempt >= 1)) {
    throw new TypeError(
      `stopAfterAttempt must be a number above 0, got ${describeValue(stopAfterAttempt)}`,
    );
  }
  if (typeof delay !== 'function' && !(delay >= 0)) {
    throw new TypeError(
      `delay must be a number of milliseconds or a function, got ${describeValue(delay)}`,
    );
  }
  checkRecovery({ when, after });
}
