import type { FinishReason } from '../../messages/finish-reason.js';

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['max_output_tokens', 'length'],
  ['tool_calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['content_filter', 'content_filter'],
  // Words of other servers that speak this wire.
  ['eos', 'stop'],
  ['max_tokens', 'length'],
  ['function_call_filter: malformed_function_call', 'error'],
]);

/** @internal The neutral word for a server's reason; undefined for one that is not known. */
export function finishReasonOf(
  word: string | undefined,
  { calls, refused }: { readonly calls: boolean; readonly refused: boolean },
): FinishReason | undefined {
  const reason = word === undefined ? 'stop' : REASONS.get(word.toLowerCase());
  if (reason !== 'stop') return reason;
  // With a forced tool OpenAI itself says `stop`: what was called decides.
  if (calls) return 'tool_call';
  return refused ? 'content_filter' : 'stop';
}

/** @internal Whether the reason of a finish is a failure: gateways report those of their upstreams so. */
export function isFailure(word: string): boolean {
  return word === 'error' || word.endsWith('_error');
}
