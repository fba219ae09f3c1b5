import type { ProviderOptions } from '../http/provider-model.js';
import type { Fetch } from '../http/transport/post.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import type { ExtractReasoning } from './chat/think-tags.js';
import type { Compat } from './compat.js';

/** The options that a call of `ChatOpenAI` takes beside its config; those of the constructor hold for all calls. */
export interface OpenAICallOptions extends ModelCallOptions {
  /** The model's name. */
  readonly model?: string | undefined;
  readonly topP?: number | undefined;
  readonly seed?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  /** Whether the log probabilities of the answer's tokens come with it, in `response_metadata.logprobs`. */
  readonly logprobs?: boolean | undefined;
  readonly topLogprobs?: number | undefined;
  /** How long an answer is: `low`, `medium` or `high`. */
  readonly verbosity?: 'low' | 'medium' | 'high' | undefined;
  /** Whether the model may make several calls in one turn. */
  readonly parallelToolCalls?: boolean | undefined;
  /** What the answer consists of, e.g. `['text', 'audio']`. */
  readonly modalities?: readonly string[] | undefined;
  /** Voice and format of a spoken answer, as the API takes it. */
  readonly audio?: Readonly<Record<string, unknown>> | undefined;
  readonly serviceTier?: string | undefined;
  /** Whether the server keeps the answer, to go on from it by `previousResponseId`. */
  readonly store?: boolean | undefined;
  /** The response that the messages go on from; Responses only. */
  readonly previousResponseId?: string | undefined;
  readonly promptCacheKey?: string | undefined;
  /** Whether usage comes with the stream. @defaultValue as the server takes it */
  readonly streamUsage?: boolean | undefined;
  /** Any further field of the request, sent as it is; it replaces what the other options made. */
  readonly invocationKwargs?: Readonly<Record<string, unknown>> | undefined;
}

/** The options of a `ChatOpenAI`. */
export interface OpenAIOptions extends OpenAICallOptions, ProviderOptions {
  /** The model's name. */
  readonly model: string;
  /**
   * The key, or a function that returns one for each request. `OPENAI_API_KEY` by default where `baseURL` is OpenAI's; a
   * server of your own needs none.
   */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined;
  /** The address before `/chat/completions`. `OPENAI_BASE_URL` or `https://api.openai.com/v1` by default. */
  readonly baseURL?: string | undefined;
  /** Which of OpenAI's two APIs is called. @defaultValue 'chat' */
  readonly api?: 'chat' | 'responses' | undefined;
  /** The same as `api: 'responses'`, as LangChain has it. */
  readonly useResponsesApi?: boolean | undefined;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  /** Azure's `api-version`, put behind each address. */
  readonly apiVersion?: string | undefined;
  /** Who answers, for `ls_provider`, errors and `response_metadata`, e.g. `groq`. @defaultValue 'openai' */
  readonly provider?: string | undefined;
  /**
   * Whether thoughts that the server leaves in the text, between `<think>` and `</think>`, become reasoning; of Chat
   * Completions only. `{ startsInside: true }` is for models whose prompt opens the tag, so that the answer only closes it.
   * @defaultValue false
   */
  readonly extractReasoning?: ExtractReasoning | undefined;
  /** What a request to this server looks like, where it differs from what its host suggests. */
  readonly compat?: Compat | undefined;
  /** What sends requests in place of rxlm's own transport. */
  readonly fetch?: Fetch | undefined;
}
