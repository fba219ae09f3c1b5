import { type MonoTypeOperatorFunction, Observable, UnsubscriptionError } from 'rxjs';
import { findGate, type Gate } from '../demand/gate.js';
import { emitWarning } from '../internal/emit-warning.js';
import { InterposedSubscriber } from '../internal/rxjs-internals.js';

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

class ReportingSubscriber<T> extends InterposedSubscriber<T> {
  #gate: Gate | undefined;

  // Once the values have ended, nothing leads to the edge any more.
  override error(error?: unknown): void {
    this.#gate = findGate(this.consumer);
    super.error(error);
  }

  override complete(): void {
    this.#gate = findGate(this.consumer);
    super.complete();
  }

  override unsubscribe(): void {
    try {
      super.unsubscribe();
    } catch (error) {
      for (const each of error instanceof UnsubscriptionError ? error.errors : [error])
        report(each, this.#gate ?? findGate(this.consumer));
    }
  }
}

function report(error: unknown, gate: Gate | undefined): void {
  if (gate?.report === undefined) emitWarning(error, WARNING);
  else gate.report(error);
}

const WARNING = {
  what: 'A teardown threw',
  remedy: 'Catch it where it is thrown: no caller can.',
  name: 'TeardownWarning',
  code: 'RXLM_TEARDOWN',
};
