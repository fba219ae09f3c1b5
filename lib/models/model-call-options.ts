import type { Reasoning } from './reasoning.js';
import type { ResponseFormat } from './response-format.js';

/** What a call of any chat model may say beside its config; `bind` says it for all calls. */
export interface ModelCallOptions {
  /** Texts at which the model stops. */
  readonly stop?: readonly string[] | undefined;
  /** What the model may call: rxlm tools, `{ name, description, schema }`, or the provider's own form. */
  readonly tools?: readonly unknown[] | undefined;
  /** Whether it must: `auto`, `any`, `none`, a tool's name, or the provider's own form. */
  readonly toolChoice?: unknown;
  readonly temperature?: number | undefined;
  /** Tokens that the answer may have at most. */
  readonly maxTokens?: number | undefined;
  /** How much the model thinks before it answers. */
  readonly reasoning?: Reasoning | undefined;
  /** The form that the answer is held to. */
  readonly responseFormat?: ResponseFormat | undefined;
  /** Sent with the request; `null` takes a default one away. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
}

/** What LangChain's tracers read of a model: absent where it is not said. */
export interface ModelMetadata {
  readonly ls_provider: string;
  readonly ls_model_name?: string;
  readonly ls_model_type: 'chat';
  readonly ls_temperature?: number;
  readonly ls_max_tokens?: number;
  readonly ls_stop?: readonly string[];
}
