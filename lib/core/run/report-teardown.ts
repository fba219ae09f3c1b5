import { type MonoTypeOperatorFunction, Observable, Subscriber, UnsubscriptionError } from 'rxjs';
import { findGate, type Gate } from '../demand/gate.js';
import { emitWarning } from '../internal/emit-warning.js';

/**
 * @internal The same values. An error that a teardown of its source throws is reported to the edge that the values lead to;
 * where there is none it becomes a warning of the platform. Neither ends the process.
 *
 * RxJS throws such an error at the subscriber that unsubscribes. Where that is an operator in the middle of a pipeline, the
 * operator never signals that its source has ended: `concat` and `mergeMap` wait for ever, and `takeUntil` loses the error.
 */
export function reportTeardown<T>(): MonoTypeOperatorFunction<T> {
  return (source$) =>
    new Observable((subscriber) => source$.subscribe(new ReportingSubscriber(subscriber)));
}

// eslint-disable-next-line rxjs-x/no-subclass -- nothing else comes between RxJS and a teardown and keeps the chain to the gate
class ReportingSubscriber<T> extends Subscriber<T> {
  private readonly subscriber: Subscriber<T>;
  private gate: Gate | undefined;

  constructor(subscriber: Subscriber<T>) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above; it is the same in all of version 7
    super(subscriber);
    this.subscriber = subscriber;
  }

  /** As inherited, in half the time. */
  override next(value: T): void {
    if (!this.closed) this.subscriber.next(value);
  }

  // Once the values have ended, nothing leads to the edge any more.
  override error(error?: unknown): void {
    this.gate = findGate(this.subscriber);
    super.error(error);
  }

  override complete(): void {
    this.gate = findGate(this.subscriber);
    super.complete();
  }

  override unsubscribe(): void {
    try {
      super.unsubscribe();
    } catch (error) {
      for (const each of error instanceof UnsubscriptionError ? error.errors : [error])
        report(each, this.gate ?? findGate(this.subscriber));
    }
  }
}

function report(error: unknown, gate: Gate | undefined): void {
  if (gate?.report === undefined) emitWarning(error, WARNING);
  else gate.report(error);
}

const WARNING = {
  what: 'A teardown threw',
  remedy: 'Catch it where it is thrown: nobody else can.',
  name: 'TeardownWarning',
  code: 'RXLM_TEARDOWN',
};
