import type { UsageMetadata } from '../../messages/usage-metadata.js';
import { count, detailCounts, withoutEmpty } from '../../http/decoder/token-counts.js';
import { isRecord } from '../../core/internal/is-record.js';

/** @internal A Responses `usage` as a snapshot; undefined where it has no counts. */
export function readUsage(usage: unknown): UsageMetadata | undefined {
  if (!isRecord(usage)) return undefined;
  const input = count(usage['input_tokens']);
  const output = count(usage['output_tokens']);
  if (input === undefined && output === undefined) return undefined;
  const ins = detailCounts(usage['input_tokens_details']);
  const outs = detailCounts(usage['output_tokens_details']);
  return withoutEmpty({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input === undefined || output === undefined ? undefined : input + output,
    input_token_details: withoutEmpty({
      cache_read: ins['cached_tokens'],
      cache_creation: ins['cache_write_tokens'],
    }),
    output_token_details: withoutEmpty({ reasoning: outs['reasoning_tokens'] }),
  });
}
