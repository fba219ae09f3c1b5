import type Anthropic from '@anthropic-ai/sdk';
import type { BaseAnthropic, ClientOptions } from '@anthropic-ai/sdk';
import type { ProviderOptions } from '../http/provider-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';
import type { JsonSchema, StandardSchema } from '../tools/standard-schema.js';

/** What a call of `ChatAnthropic` may say beside its config; the constructor says it for all calls. */
export interface AnthropicCallOptions extends ModelCallOptions {
  /** The model's name. */
  readonly model?: string | undefined;
  /**
   * Tokens that the answer may have at most, thinking included. @defaultValue 16,384, or what the model can write if that
   * is less (Claude 3: 4096, Claude 3.5: 8192; 4096 of a model that is not Anthropic's); above a budget for thinking as many
   * more, and twice as many with adaptive thinking
   */
  readonly maxTokens?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  /** Whether and how it thinks before it answers, as the API takes it. */
  readonly thinking?: Anthropic.ThinkingConfigParam | undefined;
  /** Effort and format of the answer, as the API takes it; the format's schema may be a Standard Schema. */
  readonly outputConfig?: OutputConfig | undefined;
  /** Caches the longest prefix that can be; blocks and tools may carry a `cache_control` of their own. */
  readonly cacheControl?: Anthropic.CacheControlEphemeral | undefined;
  /** Names for the `anthropic-beta` header; those of constructor, `bind` and call are sent together. */
  readonly betas?: readonly string[] | undefined;
  /**
   * Any further field of the request, sent as it is; it overrules what is made of the other options, and `undefined` takes a
   * field away. `output_config` is merged with `outputConfig`.
   */
  readonly invocationKwargs?: Readonly<Record<string, unknown>> | undefined;
}

/** Effort and format of an answer, as the API takes them. */
export interface OutputConfig {
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max';
  readonly format?: { readonly type: 'json_schema'; readonly schema: StandardSchema | JsonSchema };
  readonly [key: string]: unknown;
}

/** What is used of a client: the SDK's own have it, and those of its packages for Bedrock, Vertex and Foundry. */
export type AnthropicClient = Pick<BaseAnthropic, 'post' | 'apiKey' | 'authToken' | 'baseURL'>;

/** The options of a `ChatAnthropic`. */
export interface AnthropicOptions extends AnthropicCallOptions, ProviderOptions {
  /** The model's name. */
  readonly model: string;
  /**
   * The key, or a function that returns one for each request. `ANTHROPIC_API_KEY` by default, else `ANTHROPIC_AUTH_TOKEN`,
   * read at the first request; neither where `headers` has an `authorization` or `x-api-key` of its own. `''` sends none, to
   * a gateway that adds it.
   */
  readonly apiKey?: string | (() => Promise<string>) | undefined;
  /** Where the API is, an http or https URL without credentials. `ANTHROPIC_BASE_URL` or Anthropic's own by default. */
  readonly baseURL?: string | undefined;
  /** A client of your own (for another authentication, a proxy, Bedrock, Vertex, Foundry, …); `apiKey`, `baseURL` and `clientOptions` are then its. */
  readonly client?: AnthropicClient | undefined;
  /**
   * Anything else for the client that is made. With options that concern how requests are sent (`fetch`, `fetchOptions`,
   * `middleware`, …) or credentials that the SDK renews, the SDK sends the requests, over `fetch`.
   */
  readonly clientOptions?:
    Omit<ClientOptions, 'apiKey' | 'baseURL' | 'maxRetries' | 'timeout'> | undefined;
}
