import type { UsageMetadata } from '../messages/usage-metadata.js';
import type { Diagram, Lane } from './diagram.js';

/** The numbers of a diagram. Times are in milliseconds; what cannot be known yet is absent. */
export interface RunMetrics {
  /** From the first event to the first token. */
  readonly timeToFirstToken?: number;
  /** Output tokens by the provider's count (pieces while that is smaller), from the first to the last one. */
  readonly tokensPerSecond?: number;
  /** Between two pieces of one model run: median, 95th percentile and the longest. */
  readonly gaps?: { readonly p50: number; readonly p95: number; readonly max: number };
  /** The sums of what the model runs report. */
  readonly usage: UsageMetadata;
  readonly retries: number;
  /** Bytes that servers wrote, as far as the events report them. */
  readonly bytes: number;
}

/**
 * Computes the metrics of a diagram. It costs time in proportion to its marbles.
 *
 * @example
 * import { EMPTY_DIAGRAM, runMetrics } from 'rxlm/marbles';
 * runMetrics(EMPTY_DIAGRAM) // => { usage: {}, retries: 0, bytes: 0 }
 */
export function runMetrics({ lanes, firstTokenAt, lastTokenAt }: Diagram): RunMetrics {
  const pieces = piecesByModel(lanes);
  const gaps = [...pieces.values()].flatMap(gapsOf).sort((a, b) => a - b);
  const usage = lanes.reduce<UsageMetadata>((sum, lane) => addUsage(sum, lane.usage), {});
  const count = [...pieces.values()].reduce((sum, { length }) => sum + length, 0);
  // A provider that counts at the end reports 0, or nothing, until then.
  const tokens = Math.max(usage.output_tokens ?? 0, count);
  const span = (lastTokenAt ?? 0) - (firstTokenAt ?? 0);
  return {
    ...(firstTokenAt === undefined ? {} : { timeToFirstToken: firstTokenAt }),
    ...(span > 0 ? { tokensPerSecond: (tokens * 1000) / span } : {}),
    ...(gaps.length === 0
      ? {}
      : { gaps: { p50: quantile(gaps, 0.5), p95: quantile(gaps, 0.95), max: quantile(gaps, 1) } }),
    usage,
    retries: lanes.reduce((sum, { waits }) => sum + waits.length, 0),
    bytes: sumOfBytes(lanes),
  };
}

/** When each piece of each model run came. */
function piecesByModel(lanes: readonly Lane[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { id, type, marks } of lanes) {
    if (type !== 'chat_model' && type !== 'llm') continue;
    const run = id.replace(/\/(reasoning|arguments)$/, '');
    const times = found.get(run) ?? [];
    for (const { kind, at } of marks)
      if (kind === 'text' || kind === 'reasoning' || kind === 'arguments') times.push(at);
    found.set(run, times);
  }
  return found;
}

function gapsOf(times: readonly number[]): number[] {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.slice(1).map((at, index) => at - (sorted[index] ?? at));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

function addUsage(sum: UsageMetadata, usage: UsageMetadata | undefined): UsageMetadata {
  const total = (key: 'input_tokens' | 'output_tokens' | 'total_tokens') => {
    const count = usage?.[key];
    return typeof count === 'number' ? { [key]: (sum[key] ?? 0) + count } : {};
  };
  return { ...sum, ...total('input_tokens'), ...total('output_tokens'), ...total('total_tokens') };
}

function sumOfBytes(lanes: readonly Lane[]): number {
  let bytes = 0;
  for (const { type, marks } of lanes)
    if (type === 'wire') for (const { kind, size } of marks) if (kind === 'bytes') bytes += size;
  return bytes;
}
