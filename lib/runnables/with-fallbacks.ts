import { defer, type Observable, of, throwError } from 'rxjs';
import { callOptions } from '../core/call-options.js';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { isRunnable, Runnable } from '../core/runnable.js';
import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { MessagesInput } from '../messages/coerce-messages.js';
import type { ChatModel } from '../models/chat-model.js';
import { isChatModel } from '../models/internal/is-chat-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import { WrappedChatModel } from '../models/internal/wrapped-chat-model.js';
import { isStructuredTool, UnansweredTool, WrappedTool } from '../tools/internal/wrapped-tool.js';
import type { StructuredTool } from '../tools/structured-tool.js';
import { type AfterEmission, checkRecovery, runAttempts$ } from './attempt-ids.js';
import { byValue } from './internal/pass-or-fold.js';
import { type OutputOf, type PieceOf, type RunnableLike, toRunnable } from './to-runnable.js';

/** When {@link withFallbacks} runs the next runnable. */
export interface FallbackOptions {
  /** Whether to run the next runnable after this error. Default: after every error. */
  readonly when?: ((error: unknown) => boolean) | undefined;
  /** @defaultValue 'never' */
  readonly after?: AfterEmission | undefined;
}

/**
 * Runs a runnable and, if it fails, the fallbacks one after the other on the same input. A fallback runs only if nothing
 * was emitted yet, unless `after` allows it.
 *
 * Each attempt is a child run with its own end event. If all fail, the run fails with the first error. The chunks of the
 * runnable that succeeds are emitted as they arrive; one with its own fold, such as a list parser, emits its whole
 * output.
 *
 * If all are chat models, the result is a chat model: `bind`, `bindTools`, `runTools` and `withStructuredOutput` accept
 * it, and call options reach each of them.
 *
 * If all are tools, the result is a tool with the name and schema of the first. A call is answered with an error only if
 * all of them fail.
 *
 *     first   --#
 *     second    -a-b-|
 *     result  ---a-b-|
 *
 * @example
 * const broken = lambda((): string => { throw new Error('overloaded'); });
 * await withFallbacks(broken, [() => 'plan B']).invoke('x') // => 'plan B'
 *
 * @see {@link AfterEmission} for what `after` does
 */
export function withFallbacks<X extends ModelCallOptions>(
  model: ChatModel<X>,
  fallbacks: readonly ChatModel<never>[],
  options?: FallbackOptions,
): ChatModel<X>;
export function withFallbacks<I, O, Ctx>(
  tool: StructuredTool<I, O, Ctx>,
  fallbacks: readonly StructuredTool<I, O, Ctx>[],
  options?: FallbackOptions,
): StructuredTool<I, O, Ctx>;
export function withFallbacks<I, O, C, X, F extends RunnableLike<I>>(
  runnable: Runnable<I, O, C, X>,
  fallbacks: readonly F[],
  options?: FallbackOptions,
): Runnable<I, O | OutputOf<F>, C | PieceOf<F>, X>;
export function withFallbacks(
  runnable: RunnableLike<MessagesInput>,
  fallbacks: readonly RunnableLike<MessagesInput>[],
  options: FallbackOptions = {},
): Runnable<never, unknown> {
  if (isStructuredTool(runnable) && Array.isArray(fallbacks) && fallbacks.every(isStructuredTool)) {
    // A tool answers a failed call instead of failing; only the tool without that answer can be followed by a fallback.
    const [first, ...others] = [runnable, ...fallbacks].map((each) => new UnansweredTool(each));
    return new WrappedTool(runnable, new RunnableWithFallbacks(first as never, others, options));
  }
  const wrapped = new RunnableWithFallbacks<MessagesInput, AIMessage, AIMessageChunk>(
    runnable,
    fallbacks,
    options,
  );
  const [first, ...others] = [runnable, ...fallbacks] as readonly unknown[];
  return isChatModel(first) && others.every(isChatModel)
    ? new WrappedChatModel(wrapped, [first, ...others])
    : wrapped;
}

/** A runnable with fallbacks, see {@link withFallbacks}. */
export class RunnableWithFallbacks<in I, out O, out C = O, in X = unknown> extends Runnable<
  I,
  O,
  C,
  X
> {
  static override readonly lcName = 'RunnableWithFallbacks';
  override readonly takes: 'whole' | 'chunks';
  readonly #runnables: readonly Runnable<I, unknown>[];
  readonly #options: FallbackOptions;

  constructor(
    runnable: RunnableLike<I>,
    fallbacks: readonly RunnableLike<I>[],
    options: FallbackOptions = {},
  ) {
    super();
    if (!isRunnable(runnable))
      throw new TypeError(`withFallbacks takes a runnable, got ${describeValue(runnable)}`);
    if (!Array.isArray(fallbacks))
      throw new TypeError(`fallbacks must be an array, got ${describeValue(fallbacks)}`);
    const { when, after } = options;
    checkRecovery({ when, after });
    this.takes = runnable.takes;
    this.#runnables = [runnable, ...(fallbacks as unknown[])].map((each, index) =>
      toRunnable(each, `fallback ${index}`),
    );
    this.#options = options;
  }

  override run$(input: RunInput<I>, config: RunConfig & X): Observable<C> {
    const { when = () => true, after } = this.#options;
    const options = callOptions<X & object>(config);
    return defer(() => {
      let first: { readonly error: unknown } | undefined;
      return runAttempts$(this, input, config, {
        after,
        attempt$: (attempt, shared, run) => {
          const runnable = this.#runnables[attempt - 1] as Runnable<I, unknown>;
          const chunks$ = runnable.run$(shared, run.configFor(options)) as Observable<C>;
          return chunks$.pipe(byValue(() => runnable.fold));
        },
        recover$: (error, attempt) => {
          first ??= { error };
          if (!when(error)) return throwError(() => error);
          return attempt < this.#runnables.length ? of(attempt) : throwError(() => first?.error);
        },
      });
    });
  }

  override checkInput(input: I): void {
    this.#runnables[0]?.checkInput(input);
  }

  override checkConfig(config: RunConfig & X): void {
    for (const runnable of this.#runnables) runnable.checkConfig(config);
  }
}
