import { withoutTrailingSlashes } from '../http/internal/without-trailing-slashes.js';
import { type DecoderContext, type StreamDecoder } from '../http/decoder/stream-decoder.js';
import { ProviderModel } from '../http/provider-model.js';
import type { ModelRequest } from '../http/send-request.js';
import type { AnyMessage } from '../messages/any-message.js';
import type { CallRules } from '../messages/history/place-results.js';
import { type CallOptionRules, mergeCallOptions } from '../models/merge-call-options.js';
import type { ModelMetadata } from '../models/model-call-options.js';
import { CALL_OPTION_RULES } from './internal/call-option-rules.js';
import { ChatDecoder } from './chat/chat-decoder.js';
import { toChatRequest } from './chat/to-chat-request.js';
import { checkBaseURL, checkCallOptions, checkOptions } from './internal/check-options.js';
import { compatOf, type KnownCompat } from './compat.js';
import { OPENAI_ERRORS } from './internal/errors.js';
import type { OpenAICallOptions, OpenAIOptions } from './openai-options.js';
import { ResponsesDecoder } from './responses/responses-decoder.js';
import { toResponsesRequest } from './responses/to-responses-request.js';
import { environment } from '../core/internal/environment.js';

const OPENAI_URL = 'https://api.openai.com/v1';

/**
 * OpenAI's models, and those of every server that speaks its dialect: Chat Completions by default, or Responses.
 *
 * Each subscription is one request; unsubscribing closes its connection at once. The stream succeeds only when the server
 * says that the message is complete (`finish_reason` or `[DONE]`, `response.completed`); every other end is a
 * `ModelError` with the message so far. Calls are emitted with the last chunk, once the message is proven complete.
 * Attempts that fail before anything was emitted are repeated (`maxRetries`), which `on_chat_model_retry` reports.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 * @see https://platform.openai.com/docs/api-reference/responses
 * @example
 * const model = new ChatOpenAI({ model: 'gpt-5-mini', apiKey: 'a-key' });
 * model.name // => 'ChatOpenAI'
 */
export class ChatOpenAI extends ProviderModel<OpenAICallOptions> {
  static override readonly lcName = 'ChatOpenAI';
  // Private also to consoles: it may hold a key.
  readonly #options: OpenAIOptions;
  readonly #rules: CallRules;

  constructor(options: OpenAIOptions) {
    checkOptions(options);
    super({
      ...options,
      provider: options.provider ?? 'openai',
      errors: OPENAI_ERRORS,
      requestIdHeaders: REQUEST_IDS,
    });
    this.#options = { ...options };
    this.secrets.addHeaders(Object.entries(options.headers ?? {}));
    this.#rules = {
      // OpenAI takes any printable text; a server's own ids go back as they came.
      refusedInIds: /[^\x21-\x7e]/g,
      contradiction: (at, problem) =>
        this.errors.fail(
          'invalid_request',
          `${at}: ${problem}. Give each call an id of its own, and one result`,
        ),
    };
  }

  override get callOptionRules(): CallOptionRules {
    return CALL_OPTION_RULES;
  }

  override optionsFor(call: Partial<OpenAICallOptions> = {}): OpenAICallOptions {
    const own = Object.entries(this.#options).filter(([name]) => name in CALL_OPTION_RULES);
    return mergeCallOptions<OpenAICallOptions>(CALL_OPTION_RULES, Object.fromEntries(own), call);
  }

  override checkOptions(options: Partial<OpenAICallOptions>): void {
    checkCallOptions(options, this.name);
  }

  protected override modelMetadata(call: OpenAICallOptions): ModelMetadata {
    const own = this.#options;
    // Not spread: that would read the run's signal, and so make it.
    const { model = own.model, temperature = own.temperature } = call;
    const { maxTokens = own.maxTokens, stop = own.stop } = call;
    return {
      ls_provider: this.errors.provider,
      ls_model_name: model,
      ls_model_type: 'chat',
      ...(temperature === undefined ? {} : { ls_temperature: temperature }),
      ...(maxTokens === undefined ? {} : { ls_max_tokens: maxTokens }),
      ...(stop === undefined ? {} : { ls_stop: stop }),
    };
  }

  protected override async toRequest(
    messages: readonly AnyMessage[],
    options: OpenAICallOptions,
  ): Promise<ModelRequest> {
    const baseURL = this.#baseURL();
    const compat = compatOf(baseURL, this.#options.compat);
    const body = this.#toBody(messages, options, compat);
    return {
      url: this.#urlOf(baseURL),
      headers: await this.#headers(baseURL, options),
      body,
    };
  }

  protected override decoder(context: DecoderContext): StreamDecoder {
    return this.#isResponses
      ? new ResponsesDecoder(context)
      : new ChatDecoder(context, this.#options);
  }

  get #isResponses(): boolean {
    const { api, useResponsesApi } = this.#options;
    return api === undefined ? useResponsesApi === true : api === 'responses';
  }

  #toBody(messages: readonly AnyMessage[], options: OpenAICallOptions, compat: KnownCompat) {
    const { longestCallId: longestId } = compat;
    const rules = {
      ...this.#rules,
      longestId: this.#isResponses ? Math.max(longestId, LONGEST_RESPONSES_ID) : longestId,
    };
    const context = { provider: this.errors.provider, rules };
    return this.#isResponses
      ? toResponsesRequest(messages, options, compat, context)
      : toChatRequest(messages, options, compat, context);
  }

  #baseURL(): string {
    const baseURL = this.#options.baseURL ?? environment('OPENAI_BASE_URL') ?? OPENAI_URL;
    checkBaseURL(baseURL);
    return withoutTrailingSlashes(baseURL);
  }

  #urlOf(baseURL: string): string {
    const { apiVersion } = this.#options;
    const path = this.#isResponses ? 'responses' : 'chat/completions';
    const query = apiVersion === undefined ? '' : `?api-version=${encodeURIComponent(apiVersion)}`;
    return `${baseURL}/${path}${query}`;
  }

  async #headers(
    baseURL: string,
    { headers = {} }: OpenAICallOptions,
  ): Promise<Record<string, string>> {
    const { apiKey, organization, project } = this.#options;
    const hostname = new URL(baseURL).hostname;
    const isOpenAI = hostname === 'api.openai.com';
    const key =
      typeof apiKey === 'function'
        ? await apiKey()
        : (apiKey ?? (isOpenAI ? environment('OPENAI_API_KEY') : undefined) ?? '');
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    const isAuthorized = names.includes('authorization') || names.includes('api-key');
    if (key === '' && isOpenAI && !isAuthorized)
      throw this.errors.fail('unauthorized', 'no API key. Pass apiKey, or set OPENAI_API_KEY');
    this.secrets.add(key);
    // Azure takes a key by a header of its own, and tokens as everybody does.
    const isAzureKey = hostname.endsWith('.azure.com') && typeof apiKey !== 'function';
    const own: Record<string, string> = {
      ...(key === '' || isAuthorized
        ? {}
        : isAzureKey
          ? { 'api-key': key }
          : { authorization: `Bearer ${key}` }),
      ...(organization === undefined ? {} : { 'openai-organization': organization }),
      ...(project === undefined ? {} : { 'openai-project': project }),
    };
    for (const [name, value] of Object.entries(headers))
      if (value !== null) own[name.toLowerCase()] = value;
    return own;
  }
}

/** The Responses API takes longer ids of calls than Chat Completions does. */
const LONGEST_RESPONSES_ID = 64;

const REQUEST_IDS = ['x-request-id', 'apim-request-id', 'request-id'];
