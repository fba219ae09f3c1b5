/** A server that asks for longer than this is not waited for. */
const MAX_RETRY_AFTER_MS = 60_000;
const MIN_DELAY_MS = 250;

/** How the wait grows where the error asks for none: twice as long each time. */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * @internal Milliseconds to wait between a failed attempt, 1 being the first, and the next: as long as the error asks for in
 * `retryAfterMs`, else by the back-off, and never less than 250. `undefined` if the error asks for more than a minute:
 * then it is final.
 */
export function retryWait(
  error: unknown,
  attempt: number,
  { firstMs, maxMs }: BackOff,
  random: () => number = Math.random,
): number | undefined {
  if (asksForTime(error)) {
    const { retryAfterMs } = error;
    return retryAfterMs > MAX_RETRY_AFTER_MS ? undefined : Math.max(MIN_DELAY_MS, retryAfterMs);
  }
  const backOff = Math.min(firstMs * 2 ** Math.min(attempt - 1, 60), maxMs);
  // Up to a quarter less, so that clients that failed together do not come back together.
  return Math.max(MIN_DELAY_MS, backOff * (1 - random() / 4));
}

/** @internal Whether an error says how long to wait. */
export function asksForTime(error: unknown): error is { readonly retryAfterMs: number } {
  const { retryAfterMs } = Object(error) as { readonly retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && !Number.isNaN(retryAfterMs);
}
