import { firstValueFrom, type Observable, Subject, takeUntil, throwError } from 'rxjs';
import { RxlmError } from '../../errors/rxlm-error.js';
import { describeValue } from '../internal/describe-value.js';
import { GATE, type Gate } from './gate.js';
import { PullQueue } from './pull-queue.js';

/** How many values may wait to be taken. */
export interface PullOptions {
  /** Values that wait to be taken before the source is asked to wait. @defaultValue 64 */
  readonly highWaterMark?: number;
  /**
   * Values that may wait where the source cannot be asked to: one more, and the iteration ends in a `limit` error
   * after them. Where it can, no bound below the default counts. `Infinity` for no bound. @defaultValue 100,000
   */
  readonly maxBuffered?: number;
}

const MOST = 100_000;

/**
 * The values of an Observable as an async iterable, for `for await`.
 *
 * The first `next()` subscribes. No value is dropped or merged; those that come faster than they are taken wait, and
 * a model's socket waits with them (or the buffer is bounded, see `maxBuffered`). An error is thrown after the values
 * before it. `break` unsubscribes at once, even while a `next()` is pending; it never throws and never hangs.
 *
 * @example
 * const seen = [];
 * for await (const value of toAsyncIterable(of(1, 2, 3))) seen.push(value);
 * seen // => [1, 2, 3]
 */
export function toAsyncIterable<T>(
  source$: Observable<T>,
  options: PullOptions = {},
): AsyncIterableIterator<T> {
  if (typeof (source$ as { subscribe?: unknown } | undefined)?.subscribe !== 'function') {
    throw new TypeError(`toAsyncIterable takes an Observable, got ${describeValue(source$)}`);
  }
  return pullFrom(() => source$, options);
}

/** @internal The same for who can hand the demand on to the source. */
export function pullFrom<T>(
  open: (gate: Gate) => Observable<T>,
  { highWaterMark = 64, maxBuffered = MOST }: PullOptions = {},
): AsyncIterableIterator<T> {
  for (const [name, value] of Object.entries({ highWaterMark, maxBuffered })) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  const queue = new PullQueue<T>(highWaterMark);
  const source$ = open(queue);
  const left = new Subject<void>();
  let begun = false;

  const begin = () => {
    begun = true;
    // Not by the subscription: a synchronous source emits before there is one.
    source$.pipe(takeUntil(left)).subscribe({
      next: (value) => {
        // A source that waits may still bring a few values with what it had asked for.
        const limit = queue.heeded ? Math.max(maxBuffered, MOST) : maxBuffered;
        if (queue.size < limit) {
          queue.put(value);
        } else {
          queue.end({ error: overflow(limit) });
          left.next();
        }
      },
      error: (error: unknown) => {
        queue.end({ error });
      },
      complete: () => {
        queue.end('complete');
      },
      ...{ [GATE]: queue },
    });
  };
  const leave = () => {
    begun = true;
    queue.discard();
    left.next();
  };

  return {
    next: () => {
      if (!begun) begin();
      return queue.take();
    },
    return: () => {
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw: (error: unknown) => {
      leave();
      return firstValueFrom(throwError(() => error));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function overflow(maxBuffered: number): RxlmError {
  return new RxlmError(
    `toAsyncIterable: more than ${String(maxBuffered)} values wait to be taken, and the source cannot be asked to wait. ` +
      'Take them faster, merge them with coalesce(), or raise maxBuffered.',
    { code: 'limit' },
  );
}
