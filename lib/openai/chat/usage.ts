import type { UsageMetadata } from '../../messages/usage-metadata.js';
import { count, detailCounts, withoutEmpty } from '../../http/decoder/token-counts.js';
import { isRecord } from '../../core/internal/is-record.js';

/**
 * @internal A Chat Completions `usage` as a snapshot; undefined where it has no counts.
 *
 * Two dialects leave something out of a count, which their totals show: xAI counts reasoning beside the completion
 * (`total = prompt + completion + reasoning`), and gateways in front of Anthropic count the cache beside the prompt.
 */
export function readUsage(usage: unknown): UsageMetadata | undefined {
  if (!isRecord(usage)) return undefined;
  const prompt = count(usage['prompt_tokens']);
  const completion = count(usage['completion_tokens']);
  if (prompt === undefined && completion === undefined) return undefined;
  const total = count(usage['total_tokens']);
  const ins = detailCounts(usage['prompt_tokens_details']);
  const outs = detailCounts(usage['completion_tokens_details']);
  const topRead = count(usage['cache_read_input_tokens']);
  const topCreation = count(usage['cache_creation_input_tokens']);
  const reasoning = outs['reasoning_tokens'] ?? 0;
  const input = prompt === undefined ? undefined : prompt + (topRead ?? 0) + (topCreation ?? 0);
  const isBeside =
    completion !== undefined &&
    reasoning > 0 &&
    (reasoning > completion || total === (prompt ?? 0) + completion + reasoning);
  const output = completion === undefined ? undefined : completion + (isBeside ? reasoning : 0);
  const cacheRead = topRead ?? ins['cached_tokens'] ?? count(usage['prompt_cache_hit_tokens']);
  const cacheCreation = topCreation ?? ins['cache_write_tokens'];
  return withoutEmpty({
    input_tokens: input,
    output_tokens: output,
    total_tokens: input === undefined || output === undefined ? undefined : input + output,
    input_token_details: withoutEmpty({
      audio: ins['audio_tokens'],
      cache_read: cacheRead,
      cache_creation: cacheCreation,
    }),
    output_token_details: withoutEmpty({
      audio: outs['audio_tokens'],
      reasoning: outs['reasoning_tokens'],
    }),
  });
}
