/** How much a model thinks before it answers, and what it shows of it; each provider takes of it what it has. */
export interface Reasoning {
  /** How much. A word that a provider does not have becomes its nearest. */
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' | undefined;
  /** Tokens for thinking, where the provider takes a number; elsewhere the effort that they stand for. */
  readonly budgetTokens?: number | undefined;
  /** Whether thoughts are streamed as a summary, where the provider gives one on request. */
  readonly summary?: 'auto' | 'concise' | 'detailed' | undefined;
}

/** @internal The effort that is said or that a budget stands for, for providers that take words only. */
export function effortOf({ effort, budgetTokens }: Reasoning): Reasoning['effort'] {
  if (effort !== undefined || budgetTokens === undefined) return effort;
  if (budgetTokens < 4096) return 'low';
  return budgetTokens < 16_384 ? 'medium' : 'high';
}
