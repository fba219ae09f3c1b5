import type { Subscriber } from 'rxjs';
import type { Gate } from '../core/gate.js';

/**
 * @internal Asks for one result after the other and emits its value, as fast as the gate lets it.
 * Gives what ends that.
 */
export function pullInto<T>(
  subscriber: Subscriber<T>,
  gate: Gate | undefined,
  next: () => Promise<{ done?: boolean | undefined; value?: T | undefined }>,
): () => void {
  let takeBack: (() => void) | undefined;
  const ask = () => {
    next().then(
      ({ done, value }) => {
        if (subscriber.closed) return;
        if (done === true) {
          subscriber.complete();
          return;
        }
        subscriber.next(value as T);
        if (!subscriber.closed) askWhenOpen();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
  };
  const askWhenOpen = () => {
    if (gate?.closed === true) takeBack = gate.onOpen(ask);
    else ask();
  };
  gate?.heed();
  askWhenOpen();
  return () => takeBack?.();
}
