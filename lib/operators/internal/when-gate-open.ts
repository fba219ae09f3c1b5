import { Observable, of } from 'rxjs';
import type { Gate } from '../../core/demand/gate.js';

/** @internal Emits once the gate is open. */
export function opened(gate: Gate | undefined): Observable<unknown> {
  return gate?.closed === true
    ? new Observable<void>((subscriber) =>
        gate.onOpen(() => {
          subscriber.next();
        }),
      )
    : of(undefined);
}
