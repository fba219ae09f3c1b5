import type { ModelError } from '../errors/model-error.js';

/** A provider that asks for longer than this is not waited for. */
const MAX_RETRY_AFTER_MS = 60_000;
const MIN_DELAY_MS = 250;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;

/**
 * @internal How many milliseconds to wait before attempt `attempt + 1`, or undefined if the failure of attempt
 * `attempt` (1 is the first) is final: not retryable, something already emitted, too long a wait asked for, or out of
 * time. A clock bounds what the caller waits, and a server that is only slow may be at work on the request.
 */
export function retryDelay(
  error: ModelError,
  attempt: number,
  random: () => number = Math.random,
): number | undefined {
  const { retryable, emitted, code, retryAfterMs } = error;
  if (!retryable || emitted || code === 'timeout') return undefined;
  if (retryAfterMs !== undefined) {
    return retryAfterMs > MAX_RETRY_AFTER_MS ? undefined : Math.max(MIN_DELAY_MS, retryAfterMs);
  }
  const backOff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  // Up to a quarter less, so that many clients do not come back at once.
  return Math.max(MIN_DELAY_MS, backOff * (1 - random() / 4));
}
