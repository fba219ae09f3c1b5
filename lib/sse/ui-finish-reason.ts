import type { UIFinishReason } from './ui-message-chunk.js';

const REASONS: Readonly<Record<string, UIFinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  stop: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  length: 'length',
  tool_use: 'tool-calls',
  tool_calls: 'tool-calls',
  refusal: 'content-filter',
  content_filter: 'content-filter',
};

/** @internal What the AI SDK calls a provider's stop reason; a model that says nothing has just stopped. */
export function uiFinishReason(stopReason: unknown): UIFinishReason {
  if (stopReason === undefined || stopReason === null) return 'stop';
  const isKnown = typeof stopReason === 'string' && Object.hasOwn(REASONS, stopReason);
  return (isKnown ? REASONS[stopReason] : undefined) ?? 'other';
}
