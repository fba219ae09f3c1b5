import { Observable, type SchedulerLike, type Subscriber } from 'rxjs';
import { ModelError } from '../../errors/model-error.js';
import type { ReceivedResponse } from '../transport/received-response.js';
import { Watchdog } from '../../event-stream/watchdog.js';

/** How a request is sent, and its response read. */
export interface Request<T, R = ReceivedResponse> {
  /** Sends it; aborting the signal closes its connection. */
  readonly open: (signal: AbortSignal) => Promise<R>;
  /** Reads the response and returns a function that releases it; `abort` closes its connection. */
  readonly read: (response: R, subscriber: Subscriber<T>, abort: () => void) => () => void;
  /** Milliseconds in which the response must begin. */
  readonly headersMs: number;
  /** What it fails with if that has not begun by then. */
  readonly tooLate: () => unknown;
  readonly scheduler: SchedulerLike;
}

/**
 * @internal What is read of a response, one request for each subscription. Unsubscribing closes its connection at once, or lets
 * go of what is being read of it.
 */
export function request$<T, R = ReceivedResponse>({
  open,
  read,
  headersMs,
  tooLate,
  scheduler,
}: Request<T, R>): Observable<T> {
  return new Observable((subscriber) => {
    if (subscriber.closed) return;
    const controller = new AbortController();
    const abort = () => {
      // A reason without a stack, which would hold the message that it came from.
      controller.abort('left');
    };
    let letGo = abort;
    const clock = new Watchdog(headersMs, scheduler, () => {
      subscriber.error(tooLate());
    });
    clock.run();
    open(controller.signal)
      .then((response) => {
        clock.stop();
        if (!subscriber.closed) letGo = read(response, subscriber, abort);
      })
      .catch((error: unknown) => {
        clock.stop();
        // `fetch` has let go by itself, and may have no listener left for the error that an abort makes.
        if (ModelError.is(error) && error.code === 'connection') letGo = () => undefined;
        subscriber.error(error);
      });
    return () => {
      clock.stop();
      letGo();
    };
  });
}
