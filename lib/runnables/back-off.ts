const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** A provider that asks for longer than this is not waited for longer. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * @internal Milliseconds between a failed attempt, 1 being the first, and the next: as long as the error asks for in
 * `retryAfterMs`, up to a minute, else a second, and twice as long each time, up to half a minute.
 */
export function backOff(
  error: unknown,
  attempt: number,
  random: () => number = Math.random,
): number {
  const { retryAfterMs } = Object(error) as { readonly retryAfterMs?: unknown };
  if (typeof retryAfterMs === 'number') return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  // Up to a quarter less, so that many who failed together do not come back together.
  return delay * (1 - random() / 4);
}
