import type { Reasoning } from './reasoning.js';
import type { ResponseFormat } from './response-format.js';

/** The call options of every chat model, in addition to the config of a call. `bind` sets them for all calls. */
export interface ModelCallOptions {
  /** Stop sequences: the model stops before it would write one of them. */
  readonly stop?: readonly string[] | undefined;
  /** The tools that the model may call: rxlm tools, `{ name, description, schema }`, or the provider's own form. */
  readonly tools?: readonly unknown[] | undefined;
  /** Whether the model must call a tool: `auto`, `any`, `none`, a tool's name, or the provider's own form. */
  readonly toolChoice?: unknown;
  readonly temperature?: number | undefined;
  /** The largest number of tokens of the answer. */
  readonly maxTokens?: number | undefined;
  /** How much the model thinks before it answers. */
  readonly reasoning?: Reasoning | undefined;
  /** The form that the answer must have. */
  readonly responseFormat?: ResponseFormat | undefined;
  /** Headers of the request; `null` removes a default header. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
}

/** The metadata that LangChain's tracers read of a model; absent fields are unknown. */
export interface ModelMetadata {
  readonly ls_provider: string;
  readonly ls_model_name?: string;
  readonly ls_model_type: 'chat';
  readonly ls_temperature?: number;
  readonly ls_max_tokens?: number;
  readonly ls_stop?: readonly string[];
}
