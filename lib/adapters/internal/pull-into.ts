import type { Subscriber } from 'rxjs';
import { findGate } from '../../core/demand/gate.js';

/**
 * @internal Asks for one result after the other and emits its value, as fast as the gate of the subscriber lets it.
 * Gives the teardown, which calls `leave` if what is asked has not come to its end by itself.
 */
export function pullInto<T>(
  subscriber: Subscriber<T>,
  next: () => Promise<{ done?: boolean | undefined; value?: T | undefined }>,
  leave: () => void,
): () => void {
  const gate = findGate(subscriber);
  let ended = false;
  let takeBack: (() => void) | undefined;
  const ask = () => {
    next().then(
      ({ done, value }) => {
        if (subscriber.closed) return;
        if (done === true) {
          ended = true;
          subscriber.complete();
          return;
        }
        subscriber.next(value as T);
        askWhenOpen();
      },
      (error: unknown) => {
        ended = true;
        subscriber.error(error);
      },
    );
  };
  const askWhenOpen = () => {
    if (subscriber.closed) return;
    if (gate?.closed === true) takeBack = gate.onOpen(ask);
    else ask();
  };
  gate?.heed();
  askWhenOpen();
  return () => {
    takeBack?.();
    if (!ended) leave();
  };
}
