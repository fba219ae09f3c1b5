import { warnOfPlainHttp } from '../http/internal/plain-http.js';
import { withoutTrailingSlashes } from '../http/internal/without-trailing-slashes.js';
import { describeValue } from '../core/internal/describe-value.js';
import { readSettings } from '../http/call-settings.js';
import type { DecoderContext, StreamDecoder } from '../http/decoder/stream-decoder.js';
import { ProviderModel } from '../http/provider-model.js';
import type { ModelRequest } from '../http/send-request.js';
import type { AnyMessage } from '../messages/any-message.js';
import {
  byKey,
  type CallOptionRules,
  type CallOptionRulesOf,
  lastOne,
  mergeCallOptions,
} from '../models/merge-call-options.js';
import type { ModelMetadata } from '../models/model-call-options.js';
import { checkNames } from '../models/internal/check-names.js';
import { checkHeaders, MODEL_CALL_OPTIONS } from '../models/internal/model-options.js';
import { checkReasoning } from '../models/reasoning.js';
import { OLLAMA_ERRORS } from './internal/errors.js';
import { OllamaDecoder } from './internal/ollama-decoder.js';
import type { OllamaCallOptions, OllamaOptions } from './ollama-options.js';
import { toOllamaRequest } from './internal/to-ollama-request.js';
import { environment } from '../core/internal/environment.js';

const LOCAL = 'http://127.0.0.1:11434';

/** A model that is not loaded yet may take minutes to begin. */
const HEADERS_MS = 300_000;

const RULES: CallOptionRulesOf<OllamaCallOptions> = {
  ...MODEL_CALL_OPTIONS,
  model: lastOne,
  topP: lastOne,
  topK: lastOne,
  seed: lastOne,
  logprobs: lastOne,
  topLogprobs: lastOne,
  keepAlive: lastOne,
  modelOptions: byKey,
  invocationKwargs: byKey,
};

/**
 * Models that an Ollama server runs, over its native `/api/chat`.
 *
 * Each subscription is one request; unsubscribing closes its connection at once, and the server stops. The stream succeeds
 * only at `done: true`; every other end is a `ModelError` with the message so far. The first byte may take minutes, while
 * the model is loaded: `timeouts.headers` is 300,000 ms by default.
 *
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 * @example
 * const model = new ChatOllama({ model: 'qwen3:4b' });
 * model.name // => 'ChatOllama'
 */
export class ChatOllama extends ProviderModel<OllamaCallOptions> {
  static override readonly lcName = 'ChatOllama';
  // Private also to consoles: it may hold a key.
  readonly #options: OllamaOptions;

  constructor(options: OllamaOptions) {
    checkOptions(options);
    super({
      ...options,
      timeouts: { headers: HEADERS_MS, ...options.timeouts },
      provider: 'ollama',
      errors: OLLAMA_ERRORS,
      mediaType: 'application/x-ndjson',
    });
    this.#options = { ...options };
    warnOfPlainHttp(options.baseURL ?? environment('OLLAMA_HOST'), this.name);
    this.secrets.addHeaders(Object.entries(options.headers ?? {}));
  }

  override get callOptionRules(): CallOptionRules {
    return RULES;
  }

  override optionsFor(call: Partial<OllamaCallOptions> = {}): OllamaCallOptions {
    const own = Object.entries(this.#options).filter(([name]) => name in RULES);
    return mergeCallOptions<OllamaCallOptions>(RULES, Object.fromEntries(own), call);
  }

  /** It has no way to force a call. */
  override structuredOutputMethod(): 'tool' | 'json_schema' {
    return 'json_schema';
  }

  protected override modelMetadata(call: OllamaCallOptions): ModelMetadata {
    const own = this.#options;
    const { model = own.model, temperature = own.temperature } = call;
    const { maxTokens = own.maxTokens, stop = own.stop } = call;
    return {
      ls_provider: 'ollama',
      ls_model_name: model,
      ls_model_type: 'chat',
      ...(temperature === undefined ? {} : { ls_temperature: temperature }),
      ...(maxTokens === undefined ? {} : { ls_max_tokens: maxTokens }),
      ...(stop === undefined ? {} : { ls_stop: stop }),
    };
  }

  protected override toRequest(
    messages: readonly AnyMessage[],
    options: OllamaCallOptions,
  ): ModelRequest {
    const baseURL = baseURLOf(this.#options.baseURL ?? environment('OLLAMA_HOST'));
    // The key of the environment is for Ollama's cloud alone.
    const isCloud = /(^|\.)ollama\.com$/.test(new URL(baseURL).hostname);
    const key = this.#options.apiKey ?? (isCloud ? environment('OLLAMA_API_KEY') : undefined);
    this.secrets.add(key);
    const headers = Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [[name.toLowerCase(), value] as const],
    );
    return {
      url: `${baseURL}/api/chat`,
      headers: {
        ...(key === undefined || key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...Object.fromEntries(headers),
      },
      body: toOllamaRequest(messages, options, {
        refusedInIds: /[^\x21-\x7e]/g,
        contradiction: (at, problem) =>
          this.errors.fail(
            'invalid_request',
            `${at}: ${problem}. Give each call an id of its own, and one result`,
          ),
      }),
    };
  }

  protected override decoder(context: DecoderContext): StreamDecoder {
    return new OllamaDecoder(context);
  }
}

const CONSTRUCTOR_NAMES = [
  'baseURL',
  'apiKey',
  'fetch',
  'listeners',
  'maxRetries',
  'timeouts',
  'limits',
  'raw',
  'transport',
];

const ELSEWHERE: Readonly<Record<string, string>> = {
  host: 'use baseURL',
  baseUrl: 'use baseURL',
  format: 'use responseFormat',
  think: "use reasoning: { effort }, with 'none' for no thinking",
  numPredict: 'use maxTokens',
  options: 'use modelOptions',
  keep_alive: 'use keepAlive',
  numCtx: 'use modelOptions: { num_ctx: … }',
};

function checkOptions(options: OllamaOptions): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`ChatOllama takes an object of options, got ${describeValue(options)}`);
  checkNames(options, [...Object.keys(RULES), ...CONSTRUCTOR_NAMES], 'ChatOllama', ELSEWHERE);
  const { model, baseURL } = options;
  if (typeof (model as unknown) !== 'string' || model === '')
    throw new TypeError(`model must be a model's name, got ${describeValue(model)}`);
  readSettings(options);
  if (baseURL !== undefined) baseURLOf(baseURL);
  checkReasoning(options.reasoning);
  checkHeaders(options.headers);
}

/** `OLLAMA_HOST` may be a host with or without its port and scheme, or a port; 0.0.0.0 and [::] are where a server listens. */
function baseURLOf(given = LOCAL): string {
  const host = given.startsWith(':') ? `127.0.0.1${given}` : given;
  const full = /^[a-z]+:\/\//i.test(host) ? host : `http://${host}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (
    (url?.protocol !== 'https:' && url?.protocol !== 'http:') ||
    url.username !== '' ||
    url.search !== ''
  )
    throw new TypeError(
      'baseURL (or OLLAMA_HOST) must be an http or https address without credentials or a query',
    );
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  if (!/^[a-z]+:\/\//i.test(host) && url.port === '') url.port = '11434';
  return withoutTrailingSlashes(url.href);
}
