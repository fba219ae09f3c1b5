import type Anthropic from '@anthropic-ai/sdk';

declare module '../tools/tool-options.js' {
  interface ProviderToolFields {
    /** Caches the request up to this tool. */
    readonly cache_control?: Anthropic.CacheControlEphemeral | null | undefined;
    /** Holds the model to the schema. */
    readonly strict?: boolean | undefined;
    /** Streams the arguments without waiting for whole values of them. */
    readonly eager_input_streaming?: boolean | null | undefined;
    /** Shows the tool to the model only when a search for tools has found it. */
    readonly defer_loading?: boolean | undefined;
    readonly input_examples?: readonly Readonly<Record<string, unknown>>[] | undefined;
    /** Who may call it: the model (`direct`), code that it runs, or both. */
    readonly allowed_callers?: readonly string[] | undefined;
  }
}

export {};
