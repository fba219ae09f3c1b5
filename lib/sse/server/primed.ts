import {
  asyncScheduler,
  defer,
  Observable,
  type SchedulerLike,
  type Subscriber,
  Subscription,
} from 'rxjs';
import { findGate, GATE } from '../../core/demand/gate.js';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { reportTeardown } from '../../core/run/report-teardown.js';
import type { RunEvent } from '../../core/events/run-event.js';
import { phaseOf } from '../../operators/internal/event-phase.js';
import { type EdgeErrorHandler, reportEdgeError } from '../frames/edge-errors.js';
import { DeferredGate } from './deferred-gate.js';
import { observableOf, type SseSource } from './sse-source.js';

/** Whom a primed Observable is for. */
export interface PrimedOptions {
  /** The signal of the client's connection: the run is cancelled if it aborts before the first value. */
  readonly signal?: AbortSignal | undefined;
  /** Receives an error that no caller could catch: a teardown that throws. Default: a process warning. */
  readonly onError?: EdgeErrorHandler | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** How long a primed Observable without a subscriber keeps its source. */
const UNCLAIMED_MS = 10_000;

/**
 * Returns a promise that resolves with the same Observable when its first value has arrived. A failure before the first
 * value rejects the promise, so that a server can answer with a real HTTP status ({@link toHttpError}) instead of an error
 * in a 200.
 *
 * Of events it waits for the first chunk of any run, because start events are emitted before a request is answered.
 *
 * It subscribes at once. The Observable is for one subscriber, which takes the run over; until then a source with
 * backpressure is paused. The run is cancelled if `signal` aborts before that, or if there is no subscriber 10 s after the
 * promise has resolved.
 *
 * @example
 * const text$ = await primed(of('gold', 'fish'));
 * text$ // => ['gold', 'fish']
 */
export function primed<T>(
  source: SseSource<T>,
  options: PrimedOptions = {},
): Promise<Observable<T>> {
  const source$ = observableOf(source);
  const { signal, scheduler = asyncScheduler, onError } = options;
  return new Promise((resolve, reject) => {
    const run = new Subscription();
    const report = (error: unknown) => {
      reportEdgeError(error, { edge: 'primed', when: 'edge' }, onError);
    };
    const gate = new DeferredGate(report);
    /** The values before the subscriber took the run over, and the ending, if there is one. */
    let held: T[] = [];
    let ending: ((subscriber: Subscriber<T>) => void) | undefined;
    let taker: Subscriber<T> | undefined;
    let isTaken = false;
    let isReady = false;
    let timer: Subscription | undefined;

    const rest$ = new Observable<T>((subscriber) => {
      if (isTaken || run.closed) {
        subscriber.error(new TypeError('a primed Observable is for one subscriber: prime another'));
        return;
      }
      isTaken = true;
      stopWaiting();
      subscriber.add(run);
      // More values may arrive during this loop.
      for (let at = 0; at < held.length && !subscriber.closed; at += 1)
        subscriber.next(held[at] as T);
      held = [];
      taker = subscriber;
      ending?.(subscriber);
      gate.handTo(findGate(subscriber));
    });
    /** A teardown of the source may throw, and no caller could catch that. */
    const cancel = () => {
      try {
        run.unsubscribe();
      } catch (error) {
        report(error);
      }
    };
    const stopWaiting = () => {
      signal?.removeEventListener('abort', onAbort);
      timer?.unsubscribe();
    };
    const ready = () => {
      if (isReady) return;
      isReady = true;
      gate.close();
      timer = scheduler.schedule(() => {
        stopWaiting();
        cancel();
      }, UNCLAIMED_MS);
      resolve(rest$);
    };
    const onAbort = () => {
      stopWaiting();
      cancel();
      if (!isReady) reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    const end = (how: (subscriber: Subscriber<T>) => void) => {
      ending = how;
      if (taker !== undefined) how(taker);
    };
    run.add(
      defer(() => source$({ [GATE]: gate }))
        .pipe(reportTeardown())
        .subscribe({
          next: (value) => {
            if (taker === undefined) held.push(value);
            else taker.next(value);
            if (isFirst(value)) ready();
          },
          error: (error: unknown) => {
            end((subscriber) => {
              subscriber.error(error);
            });
            if (isReady) return;
            stopWaiting();
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
            reject(error);
          },
          complete: () => {
            end((subscriber) => {
              subscriber.complete();
            });
            ready();
          },
          ...{ [GATE]: gate },
        }),
    );
  });
}

/** Start events are emitted before any answer. A value that cannot be read is refused by the edge. */
function isFirst(value: unknown): boolean {
  const isLater = attempt(() => {
    const { event, run_id } = (value ?? {}) as Partial<RunEvent>;
    return event !== undefined && run_id !== undefined && phaseOf(event) !== 'stream';
  });
  return isLater !== true;
}
