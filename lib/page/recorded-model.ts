import { AnthropicStream } from '../anthropic/stream/anthropic-stream.js';
import { ANTHROPIC_ERRORS, PROVIDER } from '../anthropic/internal/errors.js';
import type { DecoderContext, StreamDecoder } from '../http/decoder/stream-decoder.js';
import { ProviderModel, type ProviderOptions } from '../http/provider-model.js';
import type { ModelRequest } from '../http/send-request.js';
import type { AnyMessage } from '../messages/any-message.js';
import type { ModelMetadata } from '../models/model-call-options.js';

/**
 * The model of recorded answers that a server on this machine plays. They are read as `ChatAnthropic` reads the real
 * ones; only the request needs no SDK, so that the command line and the page run where none is installed.
 */
export class RecordedModel extends ProviderModel {
  static override readonly lcName = 'ChatAnthropic';
  readonly #url: string;
  readonly #model: string;

  constructor(url: string, model: string, options: ProviderOptions = {}) {
    super({ maxRetries: 0, ...options, provider: PROVIDER, errors: ANTHROPIC_ERRORS });
    this.#url = url;
    this.#model = model;
  }

  protected override modelMetadata(): ModelMetadata {
    return { ls_provider: PROVIDER, ls_model_name: this.#model, ls_model_type: 'chat' };
  }

  protected override toRequest(messages: readonly AnyMessage[]): ModelRequest {
    const asked = messages.map(({ text }) => ({ role: 'user', content: text }));
    return {
      url: `${this.#url}/v1/messages`,
      headers: { 'x-api-key': 'recorded' },
      body: { model: this.#model, max_tokens: 1024, stream: true, messages: asked },
    };
  }

  protected override decoder(context: DecoderContext): StreamDecoder {
    return new AnthropicStream(context);
  }
}
