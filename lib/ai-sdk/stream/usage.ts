import { isRecord } from '../../core/internal/is-record.js';
import { count, withoutEmpty } from '../../http/decoder/token-counts.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';

/** @internal A `usage` as a snapshot: flat in v2, in details from v3 on; undefined where it has no counts. */
export function readUsage(usage: unknown): UsageMetadata | undefined {
  if (!isRecord(usage)) return undefined;
  const { inputTokens, outputTokens } = usage;
  const ins = isRecord(inputTokens) ? inputTokens : {};
  const outs = isRecord(outputTokens) ? outputTokens : {};
  const input = count(ins['total'] ?? inputTokens);
  const output = count(outs['total'] ?? outputTokens);
  if (input === undefined && output === undefined) return undefined;
  return withoutEmpty({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input === undefined || output === undefined ? undefined : input + output,
    input_token_details: withoutEmpty({
      cache_read: count(ins['cacheRead'] ?? usage['cachedInputTokens']),
      cache_creation: count(ins['cacheWrite']),
    }),
    output_token_details: withoutEmpty({
      reasoning: count(outs['reasoning'] ?? usage['reasoningTokens']),
    }),
  });
}
