import { type MonoTypeOperatorFunction, Observable, Subscriber, UnsubscriptionError } from 'rxjs';
import { reportUnhandled } from './report-unhandled.js';

/**
 * @internal The same values; what a teardown of its source throws is reported as RxJS reports what nobody can handle,
 * whoever lets go of it and why.
 *
 * RxJS throws it at whoever unsubscribes. That may be an operator in the middle of a pipeline, which then never tells
 * that its source has ended: `concat` and `mergeMap` wait for ever, and `takeUntil` swallows the error as well.
 */
export function reportTeardown<T>(): MonoTypeOperatorFunction<T> {
  return (source$) =>
    new Observable((subscriber) => source$.subscribe(new ReportingSubscriber(subscriber)));
}

// eslint-disable-next-line rxjs-x/no-subclass -- nothing else comes between RxJS and a teardown and keeps the chain to the gate
class ReportingSubscriber<T> extends Subscriber<T> {
  private readonly subscriber: Subscriber<T>;

  constructor(subscriber: Subscriber<T>) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above; it is the same in all of version 7
    super(subscriber);
    this.subscriber = subscriber;
  }

  /** As inherited, in half the time. */
  override next(value: T): void {
    if (!this.closed) this.subscriber.next(value);
  }

  override unsubscribe(): void {
    try {
      super.unsubscribe();
    } catch (error) {
      for (const each of error instanceof UnsubscriptionError ? error.errors : [error])
        reportUnhandled(each);
    }
  }
}
