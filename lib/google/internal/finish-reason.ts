import type { FinishReason } from '../../messages/finish-reason.js';

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  // Not Google's, but gateways and mock servers send it.
  ['FUNCTION_CALL', 'tool_call'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content_filter'],
  ['RECITATION', 'content_filter'],
  ['LANGUAGE', 'content_filter'],
  ['BLOCKLIST', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['SPII', 'content_filter'],
  ['IMAGE_SAFETY', 'content_filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
  ['IMAGE_RECITATION', 'content_filter'],
  ['OTHER', 'error'],
  ['IMAGE_OTHER', 'error'],
  ['NO_IMAGE', 'error'],
]);

/** @internal The neutral word for Google's; undefined for one that is not known. */
export function finishReasonOf(word: string, calls: boolean): FinishReason | undefined {
  const reason = REASONS.get(word);
  return reason === 'stop' && calls ? 'tool_call' : reason;
}

/** @internal Whether the answer has failed: what the model wrote could not be read. */
export function isFailure(word: string): boolean {
  return FAILURES.has(word);
}

const FAILURES: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
  'MISSING_THOUGHT_SIGNATURE',
]);
