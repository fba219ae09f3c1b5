import { environment } from '../core/internal/environment.js';
import { LONGEST_TIMER } from '../core/internal/longest-timer.js';
import type { DecoderContext, StreamDecoder } from '../http/decoder/stream-decoder.js';
import { warnOfPlainHttp } from '../http/internal/plain-http.js';
import type { ReceivedResponse } from '../http/transport/received-response.js';
import { ProviderModel, type Sending } from '../http/provider-model.js';
import type { AnyMessage } from '../messages/any-message.js';
import { type CallOptionRules, mergeCallOptions, union } from '../models/merge-call-options.js';
import type { ModelMetadata } from '../models/model-call-options.js';
import type {
  AnthropicCallOptions,
  AnthropicClient,
  AnthropicOptions,
} from './anthropic-options.js';
import { AnthropicStream } from './stream/anthropic-stream.js';
import { CALL_OPTION_RULES, callOptionsOf } from './internal/call-option-rules.js';
import { checkCallOptions, checkOptions } from './internal/check-options.js';
import {
  checkCredentials,
  clientOf,
  defaultHeadersOf,
  isRequestMaker,
} from './request/create-client.js';
import { ANTHROPIC_ERRORS, PROVIDER } from './internal/errors.js';
import { betasOf } from './request/to-request-fields.js';
import { toThinking } from './request/to-thinking.js';
import { sendBySdk, sendMessage } from './request/send-message.js';
import { type AnthropicRequest, toRequest } from './request/to-request.js';

/**
 * Claude, over the Messages API: the SDK sends the requests, rxlm reads the stream.
 *
 * Each subscription is one request; unsubscribing closes its socket at once. The stream succeeds only when the provider
 * says that the message is complete; every other end is a `ModelError` with the message so far. Attempts that fail
 * before anything was emitted are repeated (`maxRetries`), which `on_chat_model_retry` reports.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 * @example
 * const model = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024, apiKey: 'a-key' });
 * model.name // => 'ChatAnthropic'
 */
export class ChatAnthropic extends ProviderModel<AnthropicCallOptions, AnthropicRequest> {
  static override readonly lcName = 'ChatAnthropic';
  readonly #options: AnthropicOptions;
  /** Those of all requests: a request's own header would replace them. */
  readonly #betas: readonly string[];
  #client: AnthropicClient | undefined;

  constructor(options: AnthropicOptions) {
    checkOptions(options);
    super({ ...options, provider: PROVIDER, errors: ANTHROPIC_ERRORS });
    // A change of the caller's object afterwards is not a change of the model.
    this.#options = { ...options };
    this.#betas = betasOf({ headers: defaultHeadersOf(options) as Record<string, string> });
    const { baseURL, client } = options;
    const url = baseURL ?? environment('ANTHROPIC_BASE_URL');
    if (client === undefined) warnOfPlainHttp(url, this.name);
    this.secrets.addHeaders(Object.entries(options.headers ?? {}));
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
    const options = this.optionsFor(call);
    const { type = 'disabled' } = (options.invocationKwargs?.['thinking'] ??
      toThinking(options).thinking ??
      {}) as {
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

  protected override toRequest(
    messages: readonly AnyMessage[],
    options: AnthropicCallOptions,
  ): AnthropicRequest {
    const betas = union(this.#betas, options.betas ?? []);
    return toRequest(messages, betas.length === 0 ? options : { ...options, betas });
  }

  protected override send(request: AnthropicRequest, sending: Sending): Promise<ReceivedResponse> {
    checkCredentials(this.#options, request.headers);
    this.#client ??= clientOf(this.#options, this.secrets);
    // The clock of the response's head is rxlm's; the SDK's own must not ring first.
    const timeout = Math.min(this.callSettings.timeouts.headers * 2, LONGEST_TIMER);
    const options = {
      ...sending,
      errors: this.errors,
      mediaType: 'text/event-stream',
      requestIdHeaders: ['request-id'],
      timeout,
    };
    return isRequestMaker(this.#client, this.#options)
      ? sendMessage(this.#client, request, this.transport, options)
      : sendBySdk(this.#client, request, options);
  }

  protected override decoder(context: DecoderContext): StreamDecoder {
    return new AnthropicStream(context);
  }
}
