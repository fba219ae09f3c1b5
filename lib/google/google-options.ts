import type { ProviderOptions } from '../http/provider-model.js';
import type { Fetch } from '../http/transport/post.js';
import type { ModelCallOptions } from '../models/model-call-options.js';

/** The options that a call of `ChatGoogle` takes beside its config; those of the constructor hold for all calls. */
export interface GoogleCallOptions extends ModelCallOptions {
  /** The model's name, e.g. `gemini-3-flash-preview`; with a `/` in it the whole path, e.g. `tunedModels/mine`. */
  readonly model?: string | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly seed?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  /** Whether the log probabilities of the answer's tokens come with it, in `response_metadata.logprobsResult`. */
  readonly logprobs?: boolean | undefined;
  readonly topLogprobs?: number | undefined;
  /** What the answer consists of, e.g. `['TEXT', 'IMAGE']`. */
  readonly modalities?: readonly string[] | undefined;
  /** What is blocked, as the API takes it: `{ category, threshold }` each. */
  readonly safetySettings?: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** The name of content that the server has cached, e.g. `cachedContents/abc`. */
  readonly cachedContent?: string | undefined;
  readonly serviceTier?: string | undefined;
  /** Whether the arguments of calls stream piece by piece; Vertex only. @defaultValue false */
  readonly streamFunctionCallArguments?: boolean | undefined;
  /**
   * Any further field of the request, sent as it is; it replaces what the other options made. `generationConfig` and
   * `toolConfig` are merged key by key with what they made.
   */
  readonly invocationKwargs?: Readonly<Record<string, unknown>> | undefined;
}

/** The options of a `ChatGoogle`. */
export interface GoogleOptions extends GoogleCallOptions, ProviderOptions {
  /** The model's name, e.g. `gemini-3-flash-preview`. */
  readonly model: string;
  /**
   * An API key, sent as `x-goog-api-key`; or a function that returns an access token for each request, sent as
   * `authorization: Bearer`, as Vertex AI wants it. `GOOGLE_API_KEY` or `GEMINI_API_KEY` by default where `baseURL` is
   * Google's.
   */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /**
   * The address before `/models/…`. `GOOGLE_GEMINI_BASE_URL` or `https://generativelanguage.googleapis.com/v1beta` by
   * default; of Vertex AI
   * `https://LOCATION-aiplatform.googleapis.com/v1/projects/PROJECT/locations/LOCATION/publishers/google`.
   */
  readonly baseURL?: string | undefined;
  /** What sends requests in place of rxlm's own transport. */
  readonly fetch?: Fetch | undefined;
}
