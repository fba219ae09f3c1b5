import { type MonoTypeOperatorFunction, retry, type SchedulerLike, throwError, timer } from 'rxjs';
import { errorToJson } from '../../errors/error-to-json.js';
import { ModelError } from '../../errors/model-error.js';
import { retryDelay } from './retry-delay.js';

/** What is reported of an attempt that failed and is made again. */
export interface AttemptRetry {
  readonly attempt: number;
  readonly error: Record<string, unknown>;
  readonly delayMs: number;
}

/** @internal Repeats attempts at one call while nothing has been emitted and another one may help, and reports each. */
export function retryAttempts<T>(
  count: number,
  scheduler: SchedulerLike,
  report: (retry: AttemptRetry) => void,
): MonoTypeOperatorFunction<T> {
  return retry({
    count,
    delay: (error: unknown, attempt) => {
      const delayMs = ModelError.is(error) ? retryDelay(error, attempt) : undefined;
      if (delayMs === undefined) return throwError(() => error);
      report({ attempt, error: errorToJson(error), delayMs });
      return timer(delayMs, scheduler);
    },
  });
}
