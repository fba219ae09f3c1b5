import type { ProviderOptions } from '../http/provider-model.js';
import type { Fetch } from '../http/transport/post.js';
import type { ModelCallOptions } from '../models/model-call-options.js';

/** The options that a call of `ChatOllama` takes beside its config; those of the constructor hold for all calls. */
export interface OllamaCallOptions extends ModelCallOptions {
  /** The model's name, e.g. `qwen3:4b`. */
  readonly model?: string | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly seed?: number | undefined;
  /** Whether the log probabilities of the answer's tokens come with it, in `response_metadata.logprobs`. */
  readonly logprobs?: boolean | undefined;
  readonly topLogprobs?: number | undefined;
  /** How long the model stays loaded: seconds, or a text like `5m`; -1 for ever. */
  readonly keepAlive?: number | string | undefined;
  /** Further options of the model, by Ollama's names: `num_ctx`, `min_p`, `repeat_penalty`, … */
  readonly modelOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Any further field of the request, sent as it is; it replaces what the other options made. */
  readonly invocationKwargs?: Readonly<Record<string, unknown>> | undefined;
}

/** The options of a `ChatOllama`. */
export interface OllamaOptions extends OllamaCallOptions, ProviderOptions {
  /** The model's name, e.g. `qwen3:4b`. */
  readonly model: string;
  /** The server's address. `OLLAMA_HOST` or `http://127.0.0.1:11434` by default. */
  readonly baseURL?: string | undefined;
  /** A key, sent as a bearer token. `OLLAMA_API_KEY` by default where `baseURL` is Ollama's cloud. */
  readonly apiKey?: string | undefined;
  /** What sends requests in place of rxlm's own transport. */
  readonly fetch?: Fetch | undefined;
}
