import { warnOfPlainHttp } from '../http/internal/plain-http.js';
import { withoutTrailingSlashes } from '../http/internal/without-trailing-slashes.js';
import { environment } from '../core/internal/environment.js';
import type { DecoderContext, StreamDecoder } from '../http/decoder/stream-decoder.js';
import { ProviderModel } from '../http/provider-model.js';
import type { ModelRequest } from '../http/send-request.js';
import type { AnyMessage } from '../messages/any-message.js';
import { type CallOptionRules, mergeCallOptions } from '../models/merge-call-options.js';
import type { ModelMetadata } from '../models/model-call-options.js';
import type { GoogleCallOptions, GoogleOptions } from './google-options.js';
import { CALL_OPTION_RULES } from './internal/call-option-rules.js';
import { checkBaseURL, checkCallOptions, checkOptions } from './internal/check-options.js';
import { GOOGLE_ERRORS } from './internal/errors.js';
import { toGoogleRequest } from './request/to-google-request.js';
import { GoogleDecoder } from './stream/google-decoder.js';

const GEMINI_URL = 'https://generativelanguage.googleapis.com/v1beta';

/**
 * Google's models: the Gemini API, and Vertex AI by its address and a token.
 *
 * Each subscription is one request; unsubscribing closes its connection at once, though Google goes on with the answer.
 * The stream succeeds only if it ends after a `finishReason`; a prompt that was blocked is an empty message whose
 * `finish_reason` is `content_filter`, and every other end is a `ModelError` with the message so far. Thoughts are blocks
 * of type `thinking`; signatures are kept on their blocks and sent back with them. Calls are emitted with the last chunk.
 *
 * @see https://ai.google.dev/api/generate-content
 * @example
 * const model = new ChatGoogle({ model: 'gemini-3-flash-preview', apiKey: 'a-key' });
 * model.name // => 'ChatGoogle'
 */
export class ChatGoogle extends ProviderModel<GoogleCallOptions> {
  static override readonly lcName = 'ChatGoogle';
  // Private also to consoles: it may hold a key.
  readonly #options: GoogleOptions;

  constructor(options: GoogleOptions) {
    checkOptions(options);
    super({
      ...options,
      provider: 'google',
      errors: GOOGLE_ERRORS,
      requestIdHeaders: ['x-goog-request-id', 'x-request-id'],
    });
    this.#options = { ...options };
    const baseURL = options.baseURL ?? environment('GOOGLE_GEMINI_BASE_URL');
    warnOfPlainHttp(baseURL, this.name);
    this.secrets.addHeaders(Object.entries(options.headers ?? {}));
  }

  override get callOptionRules(): CallOptionRules {
    return CALL_OPTION_RULES;
  }

  override optionsFor(call: Partial<GoogleCallOptions> = {}): GoogleCallOptions {
    const own = Object.entries(this.#options).filter(([name]) => name in CALL_OPTION_RULES);
    return mergeCallOptions<GoogleCallOptions>(CALL_OPTION_RULES, Object.fromEntries(own), call);
  }

  override checkOptions(options: Partial<GoogleCallOptions>): void {
    checkCallOptions(options, this.name);
  }

  protected override modelMetadata(call: GoogleCallOptions): ModelMetadata {
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
    options: GoogleCallOptions,
  ): Promise<ModelRequest> {
    const baseURL = this.#options.baseURL ?? environment('GOOGLE_GEMINI_BASE_URL') ?? GEMINI_URL;
    checkBaseURL(baseURL);
    const body = toGoogleRequest(messages, options, {
      provider: this.errors.provider,
      rules: {
        refusedInIds: /[^\x21-\x7e]/g,
        contradiction: (at, problem) =>
          this.errors.fail(
            'invalid_request',
            `${at}: ${problem}. Give each call an id of its own, and one result`,
          ),
      },
    });
    return {
      url: `${withoutTrailingSlashes(baseURL)}/${pathOf(options.model ?? '')}:streamGenerateContent?alt=sse`,
      headers: await this.#headers(baseURL, options),
      body,
    };
  }

  protected override decoder(context: DecoderContext): StreamDecoder {
    return new GoogleDecoder(context);
  }

  async #headers(
    baseURL: string,
    { headers = {} }: GoogleCallOptions,
  ): Promise<Record<string, string>> {
    const own = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === null ? [] : [[name.toLowerCase(), value] as const],
      ),
    );
    if ('authorization' in own || 'x-goog-api-key' in own) return own;
    const { apiKey } = this.#options;
    if (typeof apiKey === 'function') {
      const token = await apiKey();
      this.secrets.add(token);
      return { authorization: `Bearer ${token}`, ...own };
    }
    const isGoogle = /(^|\.)googleapis\.com$/.test(new URL(baseURL).hostname);
    const key = apiKey ?? (isGoogle ? keyInEnvironment() : undefined) ?? '';
    if (key === '' && isGoogle)
      throw this.errors.fail('unauthorized', 'no API key. Pass apiKey, or set GOOGLE_API_KEY');
    this.secrets.add(key);
    return key === '' ? own : { 'x-goog-api-key': key, ...own };
  }
}

function keyInEnvironment(): string | undefined {
  return environment('GOOGLE_API_KEY') ?? environment('GEMINI_API_KEY');
}

/** A name with a `/` is a path already. */
function pathOf(model: string): string {
  const path = model.includes('/') ? model : `models/${model}`;
  return path.split('/').map(encodeURIComponent).join('/');
}
