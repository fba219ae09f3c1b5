import { asyncScheduler, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { clocked } from './internal/timeout-internals.js';

/**
 * Passes values on, and errors when `ms` milliseconds have passed without one, from the subscription or from the value
 * before: an `RxlmError` with code `timeout` and phase `idle`.
 *
 * The source is unsubscribed before the error is emitted: child runs have been cancelled by then. Time in which the
 * consumer keeps the source from being read does not count, where that can be known (see `toAsyncIterable`).
 * Endings pass.
 *
 *     source            -a-b-----------c-|
 *     idleTimeout(5)    -a-b----#
 *
 * RxJS's `timeout({ each: ms })` errors with its own `TimeoutError`, counts that time as well and sets a timer for
 * every value; here one timer looks now and then.
 *
 * @param ms Milliseconds. A model of rxlm has such a clock for its socket; this one is for any stream, and for values.
 *
 * @example
 * await lastValueFrom(NEVER.pipe(idleTimeout(1))).catch(({ code, phase }) => [code, phase]) // => ['timeout', 'idle']
 *
 * @see {@link firstTokenTimeout}
 */
export function idleTimeout<T>(
  ms: number,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<T> {
  return clocked(ms, scheduler, {
    name: 'idleTimeout',
    phase: 'idle',
    missing: 'no value came',
    onValue: () => 'restart',
  });
}
