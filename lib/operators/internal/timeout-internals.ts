import {
  defer,
  finalize,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  Subject,
  tap,
} from 'rxjs';
import { cutOff } from '../../core/run/fail-when.js';
import { describeValue } from '../../core/internal/describe-value.js';
import type { Gate } from '../../core/demand/gate.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import { Watchdog } from '../../event-stream/watchdog.js';
import { gated } from './with-gate.js';

interface Clock<T> {
  /** What the clock is called in an error, and which one it is. */
  readonly name: string;
  readonly phase: 'idle' | 'content';
  /** What a value does to the clock: start it anew, end it, or nothing. */
  readonly onValue: (value: T) => 'restart' | 'end' | undefined;
  /** What did not come in time. */
  readonly missing: string;
}

/**
 * @internal Lets go of its source and then errors with code `timeout` when `ms` milliseconds have passed on a clock.
 *
 * One coarse timer, not one for each value. The clock stands still while the consumer keeps the source from being
 * read, where that can be known, and starts anew after that.
 */
export function clocked<T>(
  ms: number,
  scheduler: SchedulerLike,
  { name, phase, onValue, missing }: Clock<T>,
): MonoTypeOperatorFunction<T> {
  if (typeof ms !== 'number' || !(ms > 0))
    throw new TypeError(`ms must be a number of milliseconds above 0, got ${describeValue(ms)}`);
  return gated((edge) => {
    const expired = new Subject<void>();
    const watchdog = new Watchdog(ms, scheduler, () => {
      expired.next();
    });
    let over = false;
    const stop = () => {
      over = true;
      watchdog.stop();
    };
    const gate: Gate | undefined = edge && {
      get closed() {
        return edge.closed;
      },
      heed: () => {
        edge.heed();
      },
      onOpen: (callback) => {
        watchdog.stop();
        return edge.onOpen(() => {
          if (!over) watchdog.run();
          callback();
        });
      },
    };
    return [
      gate,
      (source$) =>
        defer(() => {
          watchdog.run();
          return source$.pipe(
            tap((value) => {
              if (over) return;
              const effect = onValue(value);
              if (effect === 'restart') watchdog.touch();
              else if (effect === 'end') stop();
            }),
            cutOff(
              expired,
              () =>
                new RxlmError(
                  `${name}: ${missing} within ${ms} ms. Raise the limit, or try again.`,
                  { code: 'timeout', phase },
                ),
            ),
            finalize(stop),
          );
        }),
    ];
  });
}
