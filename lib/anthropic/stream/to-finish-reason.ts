import type { FinishReason } from '../../messages/finish-reason.js';

const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_call',
  refusal: 'content_filter',
  pause_turn: 'pause',
  compaction: 'pause',
};

/** @internal The neutral word for a `stop_reason`; undefined for a word that is not known (yet). */
export function toFinishReason(stopReason: unknown): FinishReason | undefined {
  return typeof stopReason === 'string' && Object.hasOwn(REASONS, stopReason)
    ? REASONS[stopReason]
    : undefined;
}
