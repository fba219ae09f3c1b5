import { asyncScheduler, defer, type Observable, timer } from 'rxjs';
import { callOptions } from '../../core/call-options.js';
import { findGate, GATE } from '../../core/demand/gate.js';
import { LONGEST_TIMER } from '../../core/internal/longest-timer.js';
import { cutOff } from '../../core/run/fail-when.js';
import { SCOPE } from '../../core/run/scope.js';
import type { RunConfig } from '../../core/run-config.js';
import { type KnownSettings, readSettings } from '../../http/call-settings.js';
import { request$ } from '../../http/internal/open-request.js';
import { retryAttempts } from '../../http/internal/retry-attempts.js';
import { scrubValue } from '../../http/internal/scrub-value.js';
import { ProviderErrors } from '../../http/provider-errors.js';
import { Secrets } from '../../http/secrets.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { ChatModel } from '../../models/chat-model.js';
import { checkNames } from '../../models/internal/check-names.js';
import { checkHeaders } from '../../models/internal/model-options.js';
import { checkReasoning } from '../../models/reasoning.js';
import { type CallOptionRules, mergeCallOptions } from '../../models/merge-call-options.js';
import type { ModelMetadata } from '../../models/model-call-options.js';
import type { AiSdkCallOptions, AiSdkLanguageModel, AiSdkOptions } from '../ai-sdk-options.js';
import { toCallOptions } from '../request/to-call-options.js';
import { toPrompt } from '../request/to-prompt.js';
import { PartDecoder } from '../stream/part-decoder.js';
import { readParts } from '../stream/read-parts.js';
import { CALL_OPTION_RULES } from './call-option-rules.js';
import { AI_SDK_ERRORS } from './errors.js';
import { toModelError } from './to-model-error.js';

const OWN_NAMES = ['listeners', 'raw', 'maxRetries', 'timeouts', 'limits'];

/** @internal A chat model whose answers are those of a model of the AI SDK. */
export class AiSdkModel extends ChatModel<AiSdkCallOptions> {
  static override readonly lcName: string = 'AiSdkModel';
  readonly #model: AiSdkLanguageModel;
  // Private also to consoles: headers are credentials.
  readonly #options: AiSdkOptions;
  readonly #settings: KnownSettings;
  readonly #errors: ProviderErrors;
  readonly #provider: string;

  constructor(model: AiSdkLanguageModel, options: AiSdkOptions) {
    super(options);
    checkNames(options, [...Object.keys(CALL_OPTION_RULES), ...OWN_NAMES], 'fromAiSdk');
    checkReasoning(options.reasoning);
    checkHeaders(options.headers);
    this.#model = model;
    this.#options = { ...options };
    this.#settings = readSettings(options);
    // `anthropic.messages`, `google.generative-ai`; its options and metadata are under the first word.
    this.#provider = model.provider === 'amazon-bedrock' ? 'bedrock' : firstWord(model.provider);
    this.#errors = new ProviderErrors(this.#provider, AI_SDK_ERRORS);
  }

  override get callOptionRules(): CallOptionRules {
    return CALL_OPTION_RULES;
  }

  override optionsFor(call: Partial<AiSdkCallOptions> = {}): AiSdkCallOptions {
    const own = Object.entries(this.#options).filter(([name]) => name in CALL_OPTION_RULES);
    return mergeCallOptions<AiSdkCallOptions>(CALL_OPTION_RULES, Object.fromEntries(own), call);
  }

  protected override modelMetadata(call: AiSdkCallOptions): ModelMetadata {
    const own = this.#options;
    // Not spread: that would read the run's signal, and so make it.
    const { temperature = own.temperature, maxTokens = own.maxTokens, stop = own.stop } = call;
    return {
      ls_provider: this.#provider,
      ls_model_name: this.#model.modelId,
      ls_model_type: 'chat',
      ...(temperature === undefined ? {} : { ls_temperature: temperature }),
      ...(maxTokens === undefined ? {} : { ls_max_tokens: maxTokens }),
      ...(stop === undefined ? {} : { ls_stop: stop }),
    };
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & AiSdkCallOptions,
  ): Observable<AIMessageChunk> {
    const scheduler = config.scheduler ?? asyncScheduler;
    const { maxRetries, timeouts } = this.#settings;
    const { total } = timeouts;
    const options = this.optionsFor(callOptions(config));
    const answer$ = defer(() => this.#attempt$(messages, options, config)).pipe(
      retryAttempts(maxRetries, scheduler, (retry) => {
        config[SCOPE]?.emit('on_chat_model_retry', retry);
      }),
    );
    if (total > LONGEST_TIMER) return answer$;
    return answer$.pipe(cutOff(timer(total, scheduler), () => this.timedOut(total, undefined)));
  }

  /** One call of `doStream`, to the end of its stream. */
  #attempt$(
    messages: readonly AnyMessage[],
    options: AiSdkCallOptions,
    config: RunConfig,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const { timeouts, limits } = this.#settings;
    const errors = this.#errors;
    const secrets = new Secrets();
    secrets.addHeaders(Object.entries(options.headers ?? {}));
    const toError = (error: unknown) => toModelError(error, { errors, secrets });
    const report = (event: unknown, name: string) =>
      scope?.emit('on_custom_event', scrubValue(event, secrets), name);
    return request$<AIMessageChunk, ReadableStream<unknown>>({
      open: (signal) => this.#open(messages, options, signal, toError),
      read: (stream, subscriber, abort) =>
        readParts(stream, subscriber, {
          decoder: (emit) =>
            new PartDecoder({
              messageId: `run-${scope?.runId ?? ''}`,
              provider: errors.provider,
              limits,
              emit,
              fail: errors.fail,
              reported: toError,
              failed: toError,
              scrub: (value) => scrubValue(value, secrets),
              unknown: (event) => report(event, 'provider_event'),
              raw: (event) => report(event, 'provider_raw'),
            }),
          errors,
          toError,
          gate: findGate(subscriber) ?? config[GATE],
          timeouts,
          scheduler,
          abort,
        }),
      headersMs: timeouts.headers,
      tooLate: () =>
        errors.fail('timeout', `no response within ${String(timeouts.headers)} ms`, {
          phase: 'headers',
          retryable: true,
        }),
      scheduler,
    });
  }

  async #open(
    messages: readonly AnyMessage[],
    options: AiSdkCallOptions,
    abortSignal: AbortSignal,
    toError: (error: unknown) => Error,
  ): Promise<ReadableStream<unknown>> {
    const { specificationVersion: version } = this.#model;
    const prompt = toPrompt(messages, {
      version,
      provider: this.#provider,
      rules: {
        refusedInIds: /[^\x21-\x7e]/g,
        contradiction: (at, problem) =>
          this.#errors.fail(
            'invalid_request',
            `${at}: ${problem}. Give each call an id of its own, and one result`,
          ),
      },
    });
    const call = {
      ...toCallOptions(options, version),
      prompt,
      abortSignal,
      ...(this.#options.raw === true ? { includeRawChunks: true } : {}),
    };
    try {
      const { stream } = await this.#model.doStream(call as never);
      // Nobody may be left to read it.
      if (abortSignal.aborted) stream.cancel('left').catch(() => undefined);
      return stream;
    } catch (error) {
      throw toError(error);
    }
  }
}

function firstWord(provider: string): string {
  return /^[^.]+/.exec(provider)?.[0] ?? provider;
}
