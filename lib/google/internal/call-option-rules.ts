import { byKey, type CallOptionRulesOf, lastOne } from '../../models/merge-call-options.js';
import { MODEL_CALL_OPTIONS } from '../../models/internal/model-options.js';
import type { GoogleCallOptions } from '../google-options.js';

/** @internal The call options of `ChatGoogle`, each with how the value of a call merges into a bound one. */
export const CALL_OPTION_RULES: CallOptionRulesOf<GoogleCallOptions> = {
  ...MODEL_CALL_OPTIONS,
  model: lastOne,
  topP: lastOne,
  topK: lastOne,
  seed: lastOne,
  frequencyPenalty: lastOne,
  presencePenalty: lastOne,
  logprobs: lastOne,
  topLogprobs: lastOne,
  modalities: lastOne,
  safetySettings: lastOne,
  cachedContent: lastOne,
  serviceTier: lastOne,
  streamFunctionCallArguments: lastOne,
  invocationKwargs: byKey,
};
