import type { ProviderOptions } from '../http/provider-model.js';
import type { ModelCallOptions } from '../models/model-call-options.js';

/** A language model of the AI SDK (specification v2, v3 or v4), as far as rxlm uses it. */
export interface AiSdkLanguageModel {
  readonly specificationVersion: 'v2' | 'v3' | 'v4';
  /** The provider's name, e.g. `anthropic.messages`. */
  readonly provider: string;
  readonly modelId: string;
  doStream(options: never): PromiseLike<{
    readonly stream: ReadableStream<unknown>;
    readonly response?: object | undefined;
  }>;
}

/** The options that a call of a model from the AI SDK takes beside its config. */
export interface AiSdkCallOptions extends ModelCallOptions {
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly seed?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  /** Options that only one provider has, by its name: `{ anthropic: { thinking: … } }`. */
  readonly providerOptions?:
    Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

/** The options of `fromAiSdk`: defaults for all calls, and how they are bounded. `raw` asks for the provider's own chunks. */
export interface AiSdkOptions extends AiSdkCallOptions, ProviderOptions {}
