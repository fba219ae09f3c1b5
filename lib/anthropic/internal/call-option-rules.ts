import { byKey, type CallOptionRulesOf, lastOne, union } from '../../models/merge-call-options.js';
import { MODEL_CALL_OPTIONS } from '../../models/internal/model-options.js';
import type { AnthropicCallOptions } from '../anthropic-options.js';
import { isRecord } from '../../core/internal/is-record.js';

type Fields = Readonly<Record<string, unknown>>;

/** @internal The call options of `ChatAnthropic`, each with how the value of a call merges into a bound one. */
export const CALL_OPTION_RULES: CallOptionRulesOf<AnthropicCallOptions> = {
  ...MODEL_CALL_OPTIONS,
  model: lastOne,
  topP: lastOne,
  topK: lastOne,
  thinking: byKey,
  outputConfig: byKey,
  cacheControl: lastOne,
  betas: union,
  invocationKwargs: mergeFields,
};

/** @internal Of all that a model is made with, what a call may say as well. */
export function callOptionsOf(options: AnthropicCallOptions): AnthropicCallOptions {
  const own = Object.entries(options).filter(([name]) => name in CALL_OPTION_RULES);
  return Object.fromEntries(own);
}

/** @internal The fields of both; of the same the later one stands, and those within `output_config` merge in turn. */
export function mergeFields(earlier: Fields, later: Fields): Fields {
  const merged = { ...earlier, ...later };
  const configs = [earlier['output_config'], later['output_config']];
  return configs.every(isRecord)
    ? { ...merged, output_config: byKey(...(configs as [Fields, Fields])) }
    : merged;
}
