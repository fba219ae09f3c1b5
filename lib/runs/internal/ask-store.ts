import {
  defer,
  from,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  retry,
  type SchedulerLike,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { Reply } from '../run-store.js';

/** @internal How long a store is waited for. */
export interface StorePatience {
  readonly scheduler: SchedulerLike;
  /** Milliseconds for which calls may fail one after the other. */
  readonly patienceMs: number;
}

/** The time limit of one call: a client that has lost its connection may never settle it. */
const CALL_MS = 5_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/** @internal The reply of a store, in the same turn if it answers at once; called anew for each subscription. */
export function ask$<T>(call: () => Reply<T>, scheduler: SchedulerLike): Observable<T> {
  return defer(() => {
    const reply = call();
    return isPromise(reply) ? from(reply).pipe(timeout({ each: CALL_MS, scheduler })) : of(reply);
  });
}

/**
 * @internal Repeats calls that fail, with growing pauses, until they have failed for `patienceMs` without a success in between.
 * An `RxlmError` is a verdict and passes at once.
 */
export function patiently<T>({
  scheduler,
  patienceMs,
}: StorePatience): MonoTypeOperatorFunction<T> {
  return (reply$) =>
    defer(() => {
      let failingSince: number | undefined;
      let failures = 0;
      return reply$.pipe(
        tap(() => {
          failingSince = undefined;
          failures = 0;
        }),
        retry({
          delay: (error: unknown) => {
            if (RxlmError.is(error)) return throwError(() => error);
            failingSince ??= scheduler.now();
            if (scheduler.now() - failingSince >= patienceMs)
              return throwError(
                () =>
                  new RxlmError(
                    `the store of runs has not answered for ${String(patienceMs)} ms. Check its engine and try again`,
                    { code: 'store_unavailable', cause: error },
                  ),
              );
            const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
            failures += 1;
            return timer(wait, scheduler);
          },
        }),
      );
    });
}

/** @internal */
export function isPromise<T>(reply: Reply<T>): reply is PromiseLike<T> {
  return typeof (reply as { then?: unknown } | null | undefined)?.then === 'function';
}
