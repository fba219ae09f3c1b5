import type { FinishReason } from '../../messages/finish-reason.js';
import type { UIFinishReason } from './ui-message-chunk.js';

const REASONS: Readonly<Record<FinishReason, UIFinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
  pause: 'other',
};

/** @internal The AI SDK's word for why a message ended; a model that does not say has just stopped. */
export function uiFinishReason(reason: FinishReason | undefined): UIFinishReason {
  if (reason === undefined) return 'stop';
  // It may come from another process, which may know words that are not known here.
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : 'other';
}
