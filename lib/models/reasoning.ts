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
