import {
  asyncScheduler,
  concat,
  defer,
  dematerialize,
  finalize,
  interval,
  map,
  materialize,
  mergeMap,
  type MonoTypeOperatorFunction,
  of,
  type SchedulerLike,
  takeWhile,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { EvenFlow } from './internal/text-pacer.js';

/** How {@link smooth} paces. */
export interface SmoothOptions {
  /** Milliseconds that a character, or the end, may be later than it came. @defaultValue 250 */
  readonly maxLagMs?: number;
  /** Where time comes from. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike;
}

/**
 * Emits the text of its source in small pieces and at an even pace, none of it later than `maxLagMs` after it came.
 *
 * It adapts: the more has come, the more goes on at each tick (16 ms), and what comes slowly is not slowed down further.
 * The first piece of a pause goes at once. Characters are never cut, as a reader sees them (a family emoji is one).
 * Strings and message chunks of nothing but text are cut; of a chunk the last piece keeps whatever else it had. All
 * other values keep their place among the text. The end and an error wait for what came before them, within the lag.
 *
 *     source                     -(abcdefgh)------------------|
 *     smooth({ maxLagMs: 64 })   -(ab)--(cd)--(ef)--(g)--(h)--|    every 16 ms
 *
 * Unsubscribing stops the ticks; there are none while nothing waits.
 *
 * @example
 * of('goldfish').pipe(smooth({ maxLagMs: 20 })) // => ['gold', 'fish']
 */
export function smooth<T>({
  maxLagMs = 250,
  scheduler = asyncScheduler,
}: SmoothOptions = {}): MonoTypeOperatorFunction<T> {
  if (!(Number.isFinite(maxLagMs) && maxLagMs > 0)) {
    throw new TypeError(
      `maxLagMs must be a number of milliseconds above 0, got ${describeValue(maxLagMs)}`,
    );
  }
  const tickMs = Math.min(FRAME_MS, maxLagMs);
  return (source$) =>
    defer(() => {
      const flow = new EvenFlow<T>(maxLagMs, tickMs);
      let ticking = false;
      const ticks$ = concat(of(0), interval(tickMs, scheduler)).pipe(
        map(() => flow.isEmpty),
        takeWhile((isEmpty) => !isEmpty),
        mergeMap(() => flow.take(flow.amountAt(scheduler.now()))),
        finalize(() => {
          ticking = false;
        }),
      );
      return source$.pipe(
        materialize(),
        mergeMap((notification) => {
          flow.put(notification, scheduler.now());
          // Only text waits for a tick, and what came behind it.
          if (ticking || !flow.startsWithText) return flow.take(0);
          ticking = true;
          return ticks$;
        }),
        dematerialize(),
      );
    });
}

/** A frame of a screen. */
const FRAME_MS = 16;
