import { isRecord } from '../../core/internal/is-record.js';
import { nonEmpty } from '../../http/decoder/json.js';
import type { FinishReason } from '../../messages/finish-reason.js';

/** Why a stream finished, as the AI SDK says it. */
export interface Finish {
  /** The AI SDK's own word, alike for all providers. */
  readonly word: string;
  /** The provider's word, where there is one. */
  readonly raw: string | undefined;
  readonly reason: FinishReason | undefined;
  /** Whether the provider has said why: the AI SDK also finishes a stream that was cut. */
  readonly isProven: boolean;
}

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_call'],
  ['error', 'error'],
]);

/** What stands for no reason: `other` of v3 without a word of the provider, `unknown` of v2, `interrupted` of v4. */
const NONE: ReadonlySet<string> = new Set(['other', 'unknown', 'interrupted']);

/** @internal Reads a `finishReason`: a word in v2, `{ unified, raw }` from v3 on. */
export function readFinish(finishReason: unknown): Finish {
  if (!isRecord(finishReason)) {
    const word = nonEmpty(finishReason) ?? 'unknown';
    return { word, raw: undefined, reason: REASONS.get(word), isProven: word !== 'unknown' };
  }
  const word = nonEmpty(finishReason['unified']) ?? 'unknown';
  const raw = nonEmpty(finishReason['raw']);
  const isProven = raw !== undefined || !NONE.has(word);
  // The AI SDK has no word of its own for a turn that is to be continued.
  const reason = raw === 'pause_turn' ? 'pause' : REASONS.get(word);
  return { word, raw, reason, isProven: isProven && word !== 'interrupted' };
}
