import type { FinishReason } from '../../messages/finish-reason.js';

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['max_output_tokens', 'length'],
  ['tool_calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['content_filter', 'content_filter'],
]);

/** @internal The neutral word for a server's reason; undefined for one that is not known. */
export function finishReasonOf(
  word: string | undefined,
  { calls, refused }: { readonly calls: boolean; readonly refused: boolean },
): FinishReason | undefined {
  const reason = word === undefined ? 'stop' : REASONS.get(word);
  if (reason !== 'stop') return reason;
  // With a forced tool OpenAI itself says `stop`: what was called decides.
  if (calls) return 'tool_call';
  return refused ? 'content_filter' : 'stop';
}

/** @internal Gateways tell an upstream's failure as the reason of a finish. */
export function isFailure(word: string): boolean {
  return word === 'error' || word.endsWith('_error');
}
