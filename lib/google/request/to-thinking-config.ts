import { describeValue } from '../../core/internal/describe-value.js';
import type { Json } from '../../http/decoder/json.js';
import { effortOf, type Reasoning } from '../../models/reasoning.js';

/** Tokens that an effort stands for, of models that take a number: at most what each of them takes. */
const BUDGETS: Readonly<Record<NonNullable<Reasoning['effort']>, number>> = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
};

/** What Gemini 2.5 Pro thinks at least: it cannot do without. */
const LEAST_OF_PRO = 128;

/**
 * @internal The `thinkingConfig` for a model: Gemini 2.5 takes a number of tokens, and later ones a level, of which each
 * has its own. Throws a `TypeError` for a model that does not think.
 */
export function toThinkingConfig(
  reasoning: Reasoning | undefined,
  model: string,
): Json | undefined {
  if (reasoning === undefined) return undefined;
  const { budgetTokens } = reasoning;
  const includeThoughts = reasoning.effort !== 'none' && budgetTokens !== 0;
  if (/gemini-(1|2\.0)/.test(model)) {
    if (!includeThoughts) return undefined;
    throw new TypeError(`${describeValue(model)} does not think: leave reasoning out`);
  }
  if (budgetTokens !== undefined && reasoning.effort === undefined)
    return { includeThoughts, thinkingBudget: budgetTokens };
  const effort = effortOf(reasoning);
  if (effort === undefined) return { includeThoughts };
  if (!/gemini-2\.5/.test(model)) return { includeThoughts, thinkingLevel: levelOf(effort, model) };
  const least = /pro/.test(model) ? LEAST_OF_PRO : 0;
  return { includeThoughts, thinkingBudget: Math.max(least, budgetTokens ?? BUDGETS[effort]) };
}

/** Pro thinks at least a little; Gemini 3 Pro has two levels only. */
function levelOf(effort: NonNullable<Reasoning['effort']>, model: string): string {
  const isPro = /pro/.test(model);
  if (effort === 'none' || effort === 'minimal') return isPro ? 'low' : 'minimal';
  if (effort === 'medium') return /gemini-3-pro/.test(model) ? 'high' : 'medium';
  return effort === 'low' ? 'low' : 'high';
}
