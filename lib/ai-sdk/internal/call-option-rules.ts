import { byKey, type CallOptionRulesOf, lastOne } from '../../models/merge-call-options.js';
import { MODEL_CALL_OPTIONS } from '../../models/internal/model-options.js';
import type { AiSdkCallOptions } from '../ai-sdk-options.js';

/** @internal The call options of a model from the AI SDK, each with how the value of a call merges into a bound one. */
export const CALL_OPTION_RULES: CallOptionRulesOf<AiSdkCallOptions> = {
  ...MODEL_CALL_OPTIONS,
  topP: lastOne,
  topK: lastOne,
  seed: lastOne,
  frequencyPenalty: lastOne,
  presencePenalty: lastOne,
  providerOptions: byKey,
};
