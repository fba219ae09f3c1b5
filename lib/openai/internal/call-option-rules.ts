import { byKey, type CallOptionRulesOf, lastOne } from '../../models/merge-call-options.js';
import { MODEL_CALL_OPTIONS } from '../../models/internal/model-options.js';
import type { OpenAICallOptions } from '../openai-options.js';

/** @internal The call options of `ChatOpenAI`, each with how the value of a call merges into a bound one. */
export const CALL_OPTION_RULES: CallOptionRulesOf<OpenAICallOptions> = {
  ...MODEL_CALL_OPTIONS,
  model: lastOne,
  topP: lastOne,
  seed: lastOne,
  frequencyPenalty: lastOne,
  presencePenalty: lastOne,
  logprobs: lastOne,
  topLogprobs: lastOne,
  verbosity: lastOne,
  parallelToolCalls: lastOne,
  modalities: lastOne,
  audio: byKey,
  serviceTier: lastOne,
  store: lastOne,
  previousResponseId: lastOne,
  promptCacheKey: lastOne,
  streamUsage: lastOne,
  invocationKwargs: byKey,
};
