import { defer, map, type Observable } from 'rxjs';
import { callOptions, callOptionsOfView } from '../core/call-options.js';
import { describeValue } from '../core/internal/describe-value.js';
import { reportTeardown } from '../core/run/report-teardown.js';
import { checkConfig, type RunConfig } from '../core/run-config.js';
import type { RunListener } from '../core/events/run-event.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import { ModelError } from '../errors/model-error.js';
import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnyMessage } from '../messages/any-message.js';
import { coerceMessages, type MessagesInput } from '../messages/coerce-messages.js';
import { foldMessages } from '../messages/fold-messages.js';
import { asOneMessage } from './internal/as-one-message.js';
import { type CallOptionRules, mergeCallOptions } from './merge-call-options.js';
import type { ModelCallOptions, ModelMetadata } from './model-call-options.js';
import { checkHeaders, MODEL_CALL_OPTIONS } from './internal/model-options.js';
import { toChunk } from './internal/to-chunk.js';

/** The constructor options of every chat model. */
export interface ChatModelOptions {
  /**
   * Listeners for every event of this model's runs and their child runs, in addition to `config.listeners` and those of the
   * parent runs. A listener that is given several times receives each event once.
   */
  readonly listeners?: readonly RunListener[] | undefined;
}

/**
 * A chat model: messages in, one message out, chunk by chunk if the provider streams.
 *
 * A subclass implements exactly one of two methods. The caller sees no difference in the API:
 *
 * - `generate(messages, config)` returns the whole message as a promise; the stream has one chunk.
 * - `source$(messages, config)` returns the chunks as they arrive. Calls that arrive only as `tool_call_chunks` are parsed
 *   when the source completes, and emitted in one more chunk.
 *
 * `config.signal` is aborted at the end of the run; pass it to the work.
 *
 * @example
 * class Parrot extends ChatModel {
 *   override generate(messages: readonly AnyMessage[]) { return Promise.resolve(new AIMessage(messages[0]?.text ?? '')); }
 * }
 * (await new Parrot().invoke('Hello!')).text // => 'Hello!'
 */
export abstract class ChatModel<in X extends ModelCallOptions = ModelCallOptions> extends Runnable<
  MessagesInput,
  AIMessage,
  AIMessageChunk,
  X
> {
  override readonly runType = 'chat_model';
  override readonly fold = foldMessages();
  readonly listeners: readonly RunListener[] | undefined;

  constructor({ listeners }: ChatModelOptions = {}) {
    super();
    checkConfig({ listeners });
    this.listeners = listeners;
    const runsItself = this.run$ !== ChatModel.prototype.run$;
    if (!runsItself && (this.generate === undefined) === (this.source$ === undefined)) {
      throw new TypeError(
        `${this.name} must have exactly one of the methods generate and source$, it has ${this.generate === undefined ? 'neither' : 'both'}`,
      );
    }
  }

  /** Returns the whole message, for a model that does not stream. */
  protected generate?(messages: readonly AnyMessage[], config: RunConfig & X): Promise<AIMessage>;

  /** Returns the chunks of the message as they arrive, for a model that streams. */
  protected source$?(
    messages: readonly AnyMessage[],
    config: RunConfig & X,
  ): Observable<AIMessageChunk>;

  override run$(input: RunInput<MessagesInput>, config: RunConfig & X): Observable<AIMessageChunk> {
    return runWhole$(this, input, config, (given, run) => {
      const messages = coerceMessages(given);
      const options = callOptions<X & object>(config);
      this.checkOptions(options);
      return this.#chunks$(messages, run.configFor(options)).pipe(asOneMessage(run));
    });
  }

  /**
   * Returns the same model with call options for all of its calls. The options of a call are merged into them: `headers` by
   * name, others by the model's `callOptionRules`; without a rule, the value of the call wins. `undefined` changes nothing.
   */
  bind(options: Partial<X>): ChatModel<X> {
    if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
      throw new TypeError(`bind takes an object of call options, got ${describeValue(options)}`);
    this.checkOptions(options);
    return new BoundChatModel<X>(this, options);
  }

  /** Returns the same model with tools for every call. */
  bindTools(tools: readonly unknown[], options?: Partial<X>): ChatModel<X> {
    return this.bind({ ...options, tools } as Partial<X>);
  }

  /**
   * The call options of the model, each with its rule for merging the value of a call into a bound value. A class that
   * declares them refuses all others with a `TypeError`. A class that does not accepts any; except for `headers`, the value
   * of the call wins.
   */
  get callOptionRules(): CallOptionRules | undefined {
    return undefined;
  }

  /** The effective options of a call: its options merged into those of the model. */
  optionsFor(call: Partial<X> = {}): ModelCallOptions {
    return call;
  }

  /** The default method of `withStructuredOutput` that fits the model's options. */
  structuredOutputMethod(_call: Partial<X> = {}): 'tool' | 'json_schema' {
    return 'tool';
  }

  /** Throws a `TypeError` for call options that the model does not have. */
  checkOptions(options: Partial<X>): void {
    const rules = this.callOptionRules;
    for (const [name, value] of Object.entries(rules === undefined ? {} : options)) {
      if (value === undefined || Object.hasOwn(rules as object, name)) continue;
      const names = Object.keys(rules as object).join(', ');
      throw new TypeError(`${this.name} has no option ${describeValue(name)}: it takes ${names}`);
    }
    checkHeaders(options.headers);
  }

  override checkConfig(config: RunConfig & X): void {
    super.checkConfig(config);
    this.checkOptions(callOptionsOfView<X & object>(config));
  }

  override checkInput(input: MessagesInput): void {
    coerceMessages(input);
  }

  override showInput(input: MessagesInput): unknown {
    return { messages: [coerceMessages(input)] };
  }

  override localMetadata(config: RunConfig & X): Readonly<Record<string, unknown>> {
    return { ...this.modelMetadata(config) };
  }

  override timedOut(ms: number, partial: unknown): ModelError {
    const provider = this.modelMetadata({} as X).ls_provider;
    const error = new ModelError(`${provider}: no complete message within ${String(ms)} ms`, {
      code: 'timeout',
      phase: 'total',
      provider,
      retryable: true,
    });
    return (partial as AIMessage | undefined)?.id === undefined ? error : error.after(partial);
  }

  /** The metadata of the model in the events of its runs. */
  protected modelMetadata({ stop }: X): ModelMetadata {
    return {
      ls_provider: this.name.replace(/^Chat/, ''),
      ls_model_type: 'chat',
      ...(stop === undefined ? {} : { ls_stop: stop }),
    };
  }

  #chunks$(messages: readonly AnyMessage[], config: RunConfig & X): Observable<AIMessageChunk> {
    if (this.source$ !== undefined) return this.source$(messages, config).pipe(reportTeardown());
    return defer(async () => this.generate?.(messages, config)).pipe(map(toChunk));
  }
}

/** A model with bound call options. Its runs are those of the inner model, under the name of that model. */
class BoundChatModel<X extends ModelCallOptions> extends ChatModel<X> {
  // Hidden from `console.log` too, because headers hold credentials.
  readonly #model: ChatModel<X>;
  readonly #options: Partial<X>;

  constructor(model: ChatModel<X>, options: Partial<X>) {
    super();
    this.#model = model;
    this.#options = options;
  }

  override get name(): string {
    return this.#model.name;
  }

  override get callOptionRules(): CallOptionRules | undefined {
    return this.#model.callOptionRules;
  }

  override optionsFor(call: Partial<X> = {}): ModelCallOptions {
    return this.#model.optionsFor(this.#merge(call));
  }

  override structuredOutputMethod(call: Partial<X> = {}): 'tool' | 'json_schema' {
    return this.#model.structuredOutputMethod(this.#merge(call));
  }

  override checkOptions(options: Partial<X>): void {
    this.#model.checkOptions(options);
  }

  override checkInput(input: MessagesInput): void {
    this.#model.checkInput(input);
  }

  override run$(input: RunInput<MessagesInput>, config: RunConfig & X): Observable<AIMessageChunk> {
    return this.#model.run$(input, this.#configFor(config));
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & X,
  ): Observable<AIMessageChunk> {
    return this.#model.stream$(messages, this.#configFor(config));
  }

  #configFor(config: RunConfig & X): RunConfig & X {
    return { ...config, ...this.#merge(callOptions<X & object>(config)) };
  }

  #merge(later: Partial<X>): Partial<X> {
    return mergeCallOptions<X>(this.callOptionRules ?? MODEL_CALL_OPTIONS, this.#options, later);
  }
}
