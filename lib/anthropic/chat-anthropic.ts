import { asyncScheduler, defer, type Observable, retry, throwError, timer } from 'rxjs';
import { callOptions } from '../core/call-options.js';
import { cutOff } from '../core/cut-off.js';
import { findGate, GATE } from '../core/gate.js';
import type { RunConfig } from '../core/run-config.js';
import { SCOPE } from '../core/scope.js';
import { errorToJson } from '../errors/error-to-json.js';
import { ModelError } from '../errors/model-error.js';
import { request$ } from '../event-stream/request.js';
import { Secrets } from '../event-stream/secrets.js';
import { LONGEST_TIMER } from '../event-stream/watchdog.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnyMessage } from '../messages/any-message.js';
import { ChatModel } from '../models/chat-model.js';
import { type CallOptionRules, mergeCallOptions } from '../models/merge-call-options.js';
import type { ModelMetadata } from '../models/model-call-options.js';
import type {
  AnthropicCallOptions,
  AnthropicClient,
  AnthropicOptions,
} from './anthropic-options.js';
import { CALL_OPTION_RULES, callOptionsOf } from './call-option-rules.js';
import {
  checkCallOptions,
  checkOptions,
  DEFAULT_LIMITS,
  DEFAULT_TIMEOUTS,
  withDefaults,
} from './check-options.js';
import { checkCredentials, clientOf } from './client-of.js';
import { openResponse, type OpenOptions } from './open-response.js';
import { readMessage } from './read-message.js';
import { retryDelay } from './retry-delay.js';
import { modelError, PROVIDER } from './to-model-error.js';
import { type AnthropicRequest, toRequest } from './to-request.js';
import { Turns } from './turns.js';

/**
 * Claude, over the Messages API: the SDK sends the requests, rxlm reads the stream.
 *
 * Each subscription is one request; unsubscribing closes its socket at once. The stream succeeds only when the provider
 * says that the message is complete; every other end is a `ModelError` with the message so far. Attempts that fail
 * before anything was emitted are repeated (`maxRetries`), which `on_chat_model_retry` tells.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 * @example
 * const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024, apiKey: 'a-key' });
 * model.name // => 'ChatAnthropic'
 */
export class ChatAnthropic extends ChatModel<AnthropicCallOptions> {
  static override readonly lcName = 'ChatAnthropic';
  readonly #options: AnthropicOptions;
  readonly #timeouts: typeof DEFAULT_TIMEOUTS;
  readonly #limits: typeof DEFAULT_LIMITS;
  readonly #secrets = new Secrets();
  readonly #turns = new Turns();
  #client: AnthropicClient | undefined;

  constructor(options: AnthropicOptions) {
    super(options);
    checkOptions(options);
    // What is changed afterwards in the caller's object is not a change of the model.
    this.#options = { ...options };
    this.#timeouts = withDefaults(DEFAULT_TIMEOUTS, options.timeouts);
    this.#limits = withDefaults(DEFAULT_LIMITS, options.limits);
    this.#secrets.addHeaders(Object.entries(options.headers ?? {}));
  }

  override get callOptionRules(): CallOptionRules {
    return CALL_OPTION_RULES;
  }

  override optionsFor(call: AnthropicCallOptions = {}): AnthropicCallOptions {
    const own = callOptionsOf(this.#options);
    return mergeCallOptions<AnthropicCallOptions>(CALL_OPTION_RULES, own, call);
  }

  /** A tool cannot be forced beside thinking. */
  override structuredOutputMethod(call: AnthropicCallOptions = {}): 'tool' | 'json_schema' {
    const { thinking, invocationKwargs } = this.optionsFor(call);
    const { type = 'disabled' } = (invocationKwargs?.['thinking'] ?? thinking ?? {}) as {
      type?: string;
    };
    return type === 'disabled' ? 'tool' : 'json_schema';
  }

  override checkOptions(options: AnthropicCallOptions): void {
    checkCallOptions(options, this.name);
  }

  protected override modelMetadata(call: AnthropicCallOptions): ModelMetadata {
    const own = this.#options;
    // No spread: it would read a run's signal, and with that make it.
    const { model = own.model, temperature = own.temperature } = call;
    const { maxTokens = own.maxTokens, stop = own.stop } = call;
    return {
      ls_provider: PROVIDER,
      ls_model_name: model,
      ls_model_type: 'chat',
      ...(temperature === undefined ? {} : { ls_temperature: temperature }),
      ...(maxTokens === undefined ? {} : { ls_max_tokens: maxTokens }),
      ...(stop === undefined ? {} : { ls_stop: stop }),
    };
  }

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & AnthropicCallOptions,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const { maxRetries = 2 } = this.#options;
    const { total } = this.#timeouts;
    const secrets = new Secrets(this.#secrets);
    secrets.addHeaders(Object.entries(config.headers ?? {}));
    const answer$ = defer(() =>
      this.#attempt$(toRequest(messages, this.optionsFor(callOptions(config))), config, secrets),
    ).pipe(
      retry({
        count: maxRetries,
        delay: (error: unknown, attempt) => {
          const delayMs = ModelError.is(error) ? retryDelay(error, attempt) : undefined;
          if (delayMs === undefined) return throwError(() => error);
          scope?.tell('on_chat_model_retry', { attempt, error: errorToJson(error), delayMs });
          return timer(delayMs, scheduler);
        },
      }),
    );
    if (total > LONGEST_TIMER) return answer$;
    return answer$.pipe(cutOff(timer(total, scheduler), () => this.timedOut(total, undefined)));
  }

  /** One request, from its sending to the end of its message. */
  #attempt$(
    request: AnthropicRequest,
    config: RunConfig,
    secrets: Secrets,
  ): Observable<AIMessageChunk> {
    const scope = config[SCOPE];
    const scheduler = config.scheduler ?? asyncScheduler;
    const timeouts = this.#timeouts;
    return request$({
      open: (signal) => this.#open(request, { signal, scheduler, secrets }),
      read: (response, subscriber, abort) =>
        readMessage(response, subscriber, {
          messageId: `run-${scope?.runId ?? ''}`,
          limits: this.#limits,
          timeouts,
          scheduler,
          gate: findGate(subscriber) ?? config[GATE],
          secrets,
          tellUnknown: (event) => scope?.tell('on_custom_event', event, 'provider_event'),
          abort,
        }),
      headersMs: timeouts.headers,
      tooLate: () =>
        modelError('timeout', `no response within ${String(timeouts.headers)} ms`, {
          phase: 'headers',
          retryable: true,
        }),
      scheduler,
    });
  }

  async #open(request: AnthropicRequest, options: Omit<OpenOptions, 'timeout'>): Promise<Response> {
    checkCredentials(this.#options, request.headers);
    this.#client ??= clientOf(this.#options, this.#secrets);
    // To begin a request takes a hundred times as long as a delta of one that is under way, and waits for it.
    await this.#turns.next();
    options.signal.throwIfAborted();
    // The headers' clock is rxlm's own; the SDK's is only kept from ringing first.
    const timeout = Math.min(this.#timeouts.headers * 2, LONGEST_TIMER);
    return openResponse(this.#client, request, { ...options, timeout });
  }
}
