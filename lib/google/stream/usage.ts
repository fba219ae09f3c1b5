import { arrayOf } from '../../http/decoder/json.js';
import { count, withoutEmpty } from '../../http/decoder/token-counts.js';
import { isRecord } from '../../core/internal/is-record.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';

/**
 * @internal A `usageMetadata` as a snapshot; undefined where it has no counts, as in the first chunks of Vertex.
 *
 * Google counts beside each other what other providers count together: thoughts are no part of the candidates, and what
 * its own tools have read is no part of the prompt. Both are added, so that input and output make Google's total.
 */
export function readUsage(usage: unknown): UsageMetadata | undefined {
  if (!isRecord(usage)) return undefined;
  const prompt = count(usage['promptTokenCount']);
  const candidates = count(usage['candidatesTokenCount']);
  if (prompt === undefined && candidates === undefined) return undefined;
  const thoughts = count(usage['thoughtsTokenCount']);
  const input = (prompt ?? 0) + (count(usage['toolUsePromptTokenCount']) ?? 0);
  const output = (candidates ?? 0) + (thoughts ?? 0);
  return withoutEmpty({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    input_token_details: withoutEmpty({
      audio: audioIn(usage['promptTokensDetails']),
      cache_read: count(usage['cachedContentTokenCount']),
    }),
    output_token_details: withoutEmpty({
      audio: audioIn(usage['candidatesTokensDetails']),
      reasoning: thoughts,
    }),
  });
}

function audioIn(details: unknown): number | undefined {
  for (const each of arrayOf(details))
    if (isRecord(each) && each['modality'] === 'AUDIO') return count(each['tokenCount']);
  return undefined;
}
