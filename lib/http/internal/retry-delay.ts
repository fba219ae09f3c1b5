import { type BackOff, retryWait } from '../../core/internal/retry-wait.js';
import type { ModelError } from '../../errors/model-error.js';

const BACK_OFF: BackOff = { firstMs: 500, maxMs: 8_000 };

/**
 * @internal How many milliseconds to wait before attempt `attempt + 1`, or undefined if the failure of attempt
 * `attempt` (1 is the first) is final: not retryable, something already emitted, too long a wait asked for, or out of
 * time. A clock bounds what the caller waits, and a server that is only slow may be at work on the request.
 */
export function retryDelay(
  error: ModelError,
  attempt: number,
  random?: () => number,
): number | undefined {
  const { retryable, emitted, code } = error;
  if (!retryable || emitted || code === 'timeout') return undefined;
  return retryWait(error, attempt, BACK_OFF, random);
}
