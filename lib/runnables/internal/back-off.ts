import { asksForTime, type BackOff, retryWait } from '../../core/internal/retry-wait.js';
import { LONGEST_TIMER } from '../../core/internal/longest-timer.js';

const BACK_OFF: BackOff = { firstMs: 1_000, maxMs: 30_000 };

/**
 * @internal Milliseconds to wait after a failed attempt (the first is 1): at least `delay`, and at least the
 * `retryAfterMs` of the error (250 or more). Without both: 1,000, doubled for each attempt up to 30,000. `undefined` if
 * the error asks for more than a minute: it is final.
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
