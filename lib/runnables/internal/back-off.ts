import { asksForTime, type BackOff, retryWait } from '../../core/internal/retry-wait.js';
import { LONGEST_TIMER } from '../../core/internal/longest-timer.js';

const BACK_OFF: BackOff = { firstMs: 1_000, maxMs: 30_000 };

/**
 * @internal Milliseconds between a failed attempt, 1 being the first, and the next: as long as the error asks for in
 * `retryAfterMs`, 250 or more, and as long as `delay` at least. Without a `delay` and without such an error a second, and
 * twice as long each time, up to half a minute. `undefined` if the error asks for more than a minute: it is final.
 */
export function backOff(
  error: unknown,
  attempt: number,
  delay?: number,
  random?: () => number,
): number | undefined {
  const wait = retryWait(error, attempt, BACK_OFF, random);
  if (delay === undefined || wait === undefined) return wait;
  const given = Math.min(delay, LONGEST_TIMER);
  return asksForTime(error) ? Math.max(given, wait) : given;
}
