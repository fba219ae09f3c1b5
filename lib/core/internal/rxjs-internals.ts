// What rxlm uses of RxJS beyond its documented surface stands here and nowhere else. `npm run test:rxjs -- 7.8.0` (or another
// version) runs the specs that depend on it. Whoever cannot rely on it passes the gate on in `config`.
import { Subscriber } from 'rxjs';

interface Linked {
  /** Of an operator's subscriber: the subscriber of the next operator. */
  readonly destination?: object | null;
  /** Of a subscriber's safe destination: the observer that was passed to `subscribe`. */
  readonly partialObserver?: object;
}

/** @internal What a subscriber passes its values to: the next operator's subscriber or the observer; undefined at the end. */
export function nextConsumer(consumer: object): object | undefined {
  const { destination, partialObserver }: Linked = consumer;
  return destination ?? partialObserver ?? undefined;
}

/**
 * @internal A subscriber between a source and its consumer. It keeps the chain that {@link nextConsumer} follows, and subclasses
 * may override `unsubscribe`: no operator of RxJS comes between a source and its teardown.
 */
// eslint-disable-next-line rxjs-x/no-subclass -- see above
export class InterposedSubscriber<T> extends Subscriber<T> {
  protected readonly consumer: Subscriber<T>;

  constructor(consumer: Subscriber<T>) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the same in all of version 7
    super(consumer);
    this.consumer = consumer;
  }

  /** As inherited, in half the time. */
  override next(value: T): void {
    if (!this.closed) this.consumer.next(value);
  }
}
