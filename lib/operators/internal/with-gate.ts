import { Observable, type OperatorFunction, Subject, takeUntil } from 'rxjs';
import { findGate, GATE, type Gate } from '../../core/demand/gate.js';

/**
 * @internal An operator between an edge and a source that can wait. `make` is given the gate of the edge that the
 * subscriber leads to, where there is one, and gives the gate that the source is to be offered in its place, with what
 * the operator does.
 */
export function gated<T, R>(
  make: (edge: Gate | undefined) => readonly [Gate | undefined, OperatorFunction<T, R>],
): OperatorFunction<T, R> {
  return (source$) =>
    new Observable<R>((subscriber) => {
      const [gate, operator] = make(findGate(subscriber));
      return source$.pipe(offer(gate), operator).subscribe(subscriber);
    });
}

function offer<T>(gate: Gate | undefined): OperatorFunction<T, T> {
  return (source$) =>
    new Observable((subscriber) => {
      if (subscriber.closed) return;
      const left = new Subject<void>();
      // Not by the subscription: a synchronous source emits before there is one.
      subscriber.add(() => {
        left.next();
      });
      source$.pipe(takeUntil(left)).subscribe({
        next: (value) => {
          subscriber.next(value);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
        ...{ [GATE]: gate },
      });
    });
}
