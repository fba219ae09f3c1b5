import { describeValue } from '../core/internal/describe-value.js';
import type { ChatModel } from '../models/chat-model.js';
import type { AiSdkCallOptions, AiSdkLanguageModel, AiSdkOptions } from './ai-sdk-options.js';
import { AiSdkModel } from './internal/ai-sdk-model.js';

/**
 * Makes a chat model of a language model of the AI SDK (specification v2, v3 or v4).
 *
 * Each subscription calls `doStream` once; unsubscribing aborts its signal and cancels its stream at once. The stream is read
 * one part at a time, and only when the consumer can take one. Text and reasoning stream; calls are emitted with the last
 * chunk, once the model has said that it finished and why. What the provider attaches to parts (`providerMetadata`, for
 * instance signatures) is kept on the blocks and sent back with them. A stream that ends without a reason is `truncated`;
 * errors are `ModelError`s, and attempts that fail before anything was emitted are repeated (`maxRetries`).
 *
 * `reasoning` needs specification v4; for older models use `providerOptions`.
 *
 * Throws a `TypeError` for a value that is no such model, for instance the id of one.
 *
 * @see https://ai-sdk.dev/providers
 * @example
 * const sdkModel = { specificationVersion: 'v3', provider: 'acme.chat', modelId: 'm', doStream: () => Promise.reject(new Error()) } as const;
 * fromAiSdk(sdkModel, { temperature: 0 }).name // => 'AiSdkModel'
 */
export function fromAiSdk(
  model: AiSdkLanguageModel,
  options: AiSdkOptions = {},
): ChatModel<AiSdkCallOptions> {
  checkModel(model);
  return new AiSdkModel(model, options);
}

const VERSIONS: readonly unknown[] = ['v2', 'v3', 'v4'];

function checkModel(model: unknown): void {
  if (typeof model === 'string')
    throw new TypeError(
      `fromAiSdk takes a model, got the id ${describeValue(model)}: make it with its provider, e.g. openai(id)`,
    );
  const { doStream, specificationVersion } = Object(model) as Partial<AiSdkLanguageModel>;
  if (typeof doStream !== 'function')
    throw new TypeError(
      `fromAiSdk takes a language model of the AI SDK, got ${describeValue(model)}`,
    );
  if (!VERSIONS.includes(specificationVersion))
    throw new TypeError(
      `fromAiSdk takes models of specification v2, v3 or v4, got ${describeValue(specificationVersion)}: update the provider's package, or rxlm`,
    );
}
