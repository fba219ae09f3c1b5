import type { Observable, OperatorFunction } from 'rxjs';
import { abortWith } from '../core/run/abort-with.js';
import { type BatchConfig, type BatchItem, isList } from '../core/batch.js';
import { callOptions } from '../core/call-options.js';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunType } from '../core/events/run-event.js';
import type { RunInput } from '../core/run-input.js';
import { isRunnable, Runnable } from '../core/runnable.js';
import type { ChatModel } from '../models/chat-model.js';
import { isChatModel } from '../models/internal/is-chat-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import { WrappedChatModel } from '../models/internal/wrapped-chat-model.js';
import type { StructuredTool } from '../tools/structured-tool.js';
import { isStructuredTool, UnansweredTool, WrappedTool } from '../tools/internal/wrapped-tool.js';

/** A config for many runs, with the call options of the runnable. It has no `runId`, which belongs to a single run. */
export type BoundConfig<X> = Omit<RunConfig, 'runId'> & Partial<X>;

/**
 * Returns the same runnable with a config for all of its runs. It adds no run of its own.
 *
 * The config of a call is merged into it: tags, listeners and metadata are joined, each signal cancels, the shorter
 * timeout applies, and for all other fields the value of the call wins. A chat model stays a chat model, with its call
 * options bound as by `bind`; a tool stays a tool.
 *
 * @example
 * const shout = withConfig(lambda((q: string) => q.toUpperCase()), { runName: 'shout', tags: ['loud'] });
 * const events$ = shout.events$('moon').pipe(map(({ name, tags }) => [name, ...tags]), take(1));
 * await lastValueFrom(events$) // => ['shout', 'loud']
 */
export function withConfig<X extends ModelCallOptions>(
  model: ChatModel<X>,
  config: BoundConfig<X>,
): ChatModel<X>;
export function withConfig<I, O, Ctx>(
  tool: StructuredTool<I, O, Ctx>,
  config: BoundConfig<unknown>,
): StructuredTool<I, O, Ctx>;
export function withConfig<I, O, C, X>(
  runnable: Runnable<I, O, C, X>,
  config: BoundConfig<X>,
): Runnable<I, O, C, X>;
export function withConfig(
  runnable: unknown,
  config: BoundConfig<unknown>,
): Runnable<never, unknown> {
  const binding = new RunnableBinding(runnable as Runnable<unknown, unknown>, config);
  if (isChatModel(runnable)) return withModelConfig(runnable, config);
  if (!isStructuredTool(runnable)) return binding;
  // An abort of this signal is not a failed call, so it is not answered.
  const unanswered = new RunnableBinding(new UnansweredTool(runnable), config);
  return new WrappedTool(runnable, unanswered, new RunnableBinding(runnable, config));
}

/** Call options are bound as the model binds them. */
function withModelConfig<X extends ModelCallOptions>(
  model: ChatModel<X>,
  config: BoundConfig<X>,
): ChatModel<X> {
  const options = callOptions<X & object>(config as RunConfig & X);
  const keys = Reflect.ownKeys(config).filter((key) => !Object.hasOwn(options, key));
  const rest = keys.map((key) => [key, config[key as keyof RunConfig & keyof BoundConfig<X>]]);
  const bound = model.bind(options);
  const binding = new RunnableBinding(bound, Object.fromEntries(rest) as BoundConfig<X>);
  return new WrappedChatModel(binding, [bound]);
}

/** A runnable with a config of its own, see {@link withConfig}. */
export class RunnableBinding<in I, out O, out C = O, in X = unknown> extends Runnable<I, O, C, X> {
  static override readonly lcName = 'RunnableBinding';
  override readonly runType: RunType;
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #bound: Runnable<I, O, C, X>;
  readonly #config: RunConfig;

  constructor(bound: Runnable<I, O, C, X>, config: BoundConfig<X>) {
    super();
    if (!isRunnable(bound))
      throw new TypeError(`withConfig takes a runnable, got ${describeValue(bound)}`);
    bound.checkConfig(config as RunConfig & X);
    if ('runId' in config && config.runId !== undefined) {
      throw new TypeError('config.runId names one run: say it with the call');
    }
    this.runType = bound.runType;
    this.takes = bound.takes;
    this.fold = bound.fold;
    this.#bound = bound;
    this.#config = config;
  }

  override get name(): string {
    return this.#bound.name;
  }

  override run$(input: RunInput<I>, config: RunConfig & X): Observable<C> {
    const { signal } = this.#config;
    return this.#bound.run$(input, mergeConfigs(this.#config, config)).pipe(abortWith({ signal }));
  }

  override batch$(
    inputs: readonly I[],
    config: BatchConfig<X> = {} as RunConfig & X,
  ): Observable<BatchItem<O>> {
    const merged = isList(config)
      ? config.map((each) => mergeConfigs(this.#config, each))
      : mergeConfigs(this.#config, config);
    return super.batch$(inputs, merged) as Observable<BatchItem<O>>;
  }

  override checkInput(input: I): void {
    this.#bound.checkInput(input);
  }

  override checkConfig(config: RunConfig & X): void {
    this.#bound.checkConfig(config);
  }
}

function mergeConfigs<T extends RunConfig>(own: RunConfig, call: T): T {
  return {
    ...own,
    ...saidBy(call),
    tags: union(own.tags, call.tags),
    listeners: union(own.listeners, call.listeners),
    metadata: { ...own.metadata, ...call.metadata },
    timeout: Math.min(own.timeout ?? Infinity, call.timeout ?? Infinity),
    /** The signal whose reason explains the end of the run. */
    get signal() {
      return own.signal?.aborted === true ? own.signal : call.signal;
    },
  } as T;
}

/** The fields that a config sets. Reading `signal` may create it, so it is copied as a getter. */
function saidBy(config: RunConfig): RunConfig {
  const keys = Reflect.ownKeys(config).filter((key) => key !== 'signal') as (keyof RunConfig)[];
  return Object.fromEntries(
    keys.map((key) => [key, config[key]]).filter(([, value]) => value !== undefined),
  ) as RunConfig;
}

function union<T>(a: readonly T[] = [], b: readonly T[] = []): readonly T[] {
  return [...new Set([...a, ...b])];
}
