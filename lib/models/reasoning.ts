import { describeValue } from '../core/internal/describe-value.js';
import { isRecord } from '../core/internal/is-record.js';

/** How much a model thinks before it answers, and whether it shows its thoughts. Each provider uses the fields that it supports. */
export interface Reasoning {
  /** The effort. A level that a provider does not have becomes its nearest level. */
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' | undefined;
  /** The number of tokens for thinking. A provider without such a number uses the corresponding effort. */
  readonly budgetTokens?: number | undefined;
  /** Whether a summary of the thoughts is streamed, if the provider offers one on request. */
  readonly summary?: 'auto' | 'concise' | 'detailed' | undefined;
}

/** @internal The given effort, or the effort for a budget, for providers without token budgets. */
export function effortOf({ effort, budgetTokens }: Reasoning): Reasoning['effort'] {
  if (effort !== undefined || budgetTokens === undefined) return effort;
  if (budgetTokens < 4096) return 'low';
  return budgetTokens < 16_384 ? 'medium' : 'high';
}

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];
const SUMMARIES = ['auto', 'concise', 'detailed'];

/** @internal Throws a `TypeError` that names the field of `reasoning` that is invalid, and its value. */
export function checkReasoning(reasoning: unknown): void {
  if (reasoning === undefined) return;
  if (!isRecord(reasoning))
    throw new TypeError(`reasoning must be an object, got ${describeValue(reasoning)}`);
  const { effort, budgetTokens, summary } = reasoning;
  checkOneOf('reasoning.effort', effort, EFFORTS);
  checkOneOf('reasoning.summary', summary, SUMMARIES);
  if (budgetTokens !== undefined && !(Number.isInteger(budgetTokens) && Number(budgetTokens) >= 0))
    throw new TypeError(
      `reasoning.budgetTokens must be a whole number, got ${describeValue(budgetTokens)}`,
    );
}

function checkOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value as string))
    throw new TypeError(
      `${name} must be one of ${allowed.join(', ')}, got ${describeValue(value)}`,
    );
}
