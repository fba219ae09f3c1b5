import type { Reasoning } from '../../models/reasoning.js';
import type { AnthropicCallOptions, OutputConfig } from '../anthropic-options.js';

type Fields = Readonly<Record<string, unknown>>;

/** Tokens for thinking, for models that take a number and no effort. */
const BUDGETS = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_000,
};

const MIN_BUDGET = 1_024;

/** Models before those that decide themselves how much they think; others behind the same API are read as these. */
const BUDGETED = /claude-(3|(opus|sonnet|haiku)-4(-[0-5])?(?!\d|-\d{1,2}(?!\d)))/;

/**
 * @internal Whether and how a model thinks, and with what effort: `thinking` and `outputConfig.effort` as they are said, what
 * they do not say of `reasoning`.
 */
export function toThinking({
  model = '',
  maxTokens = Infinity,
  thinking,
  outputConfig,
  reasoning,
}: AnthropicCallOptions): {
  readonly thinking: Fields | undefined;
  readonly effort: OutputConfig['effort'];
} {
  const effort = outputConfig?.effort;
  if (thinking !== undefined) return { thinking: ofItsType(thinking as unknown as Fields), effort };
  if (reasoning === undefined) return { thinking: undefined, effort };
  return {
    thinking: thinkingOf(reasoning, isAdaptive(model), maxTokens),
    effort: effort ?? (isAdaptive(model) ? effortOf(reasoning) : undefined),
  };
}

function thinkingOf(
  { effort, budgetTokens, summary }: Reasoning,
  adaptive: boolean,
  maxTokens: number,
): Fields | undefined {
  if (effort === 'none' || budgetTokens === 0) return { type: 'disabled' };
  const display = summary === undefined ? {} : { display: 'summarized' };
  if (budgetTokens !== undefined)
    return { type: 'enabled', budget_tokens: Math.max(MIN_BUDGET, budgetTokens), ...display };
  if (effort === undefined) return undefined;
  if (adaptive) return { type: 'adaptive', ...display };
  // A budget is part of the answer's tokens: half of them stay for the answer.
  const most = Math.max(MIN_BUDGET, Math.floor(maxTokens / 2));
  return { type: 'enabled', budget_tokens: Math.min(BUDGETS[effort], most), ...display };
}

function effortOf({ effort }: Reasoning): OutputConfig['effort'] {
  if (effort === undefined || effort === 'none') return undefined;
  return effort === 'minimal' ? 'low' : effort;
}

function isAdaptive(model: string): boolean {
  return /claude-/.test(model) && !BUDGETED.test(model);
}

/** Fields of another type remain when options merge: the API takes none that is not the type's. */
function ofItsType({ budget_tokens, ...rest }: Fields): Fields {
  if (rest['type'] === 'disabled') return { type: 'disabled' };
  if (rest['type'] === 'adaptive' || budget_tokens === undefined) return rest;
  return { ...rest, budget_tokens };
}
