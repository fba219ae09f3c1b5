import { map, Observable } from 'rxjs';
import { findGate, GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { gated } from '../../../lib/operators/internal/with-gate.js';
import { itIsAnOperator } from '../quartet.js';

const open: Gate = { closed: false, heed: () => {}, onOpen: () => () => {} };

/** A source that says which gate it has found. */
const found$ = new Observable<Gate | undefined>((subscriber) => {
  subscriber.next(findGate(subscriber));
});

describe('gated', () => {
  itIsAnOperator(() => gated<number, number>(() => [open, map((n) => n + 1)]), 1);

  it('knows the gate of the edge, and offers its source another', () => {
    const edge = { ...open };
    const given: (Gate | undefined)[] = [];
    const operator = gated<Gate | undefined, Gate | undefined>((gate) => {
      given.push(gate);
      return [open, (source$) => source$];
    });
    found$
      .pipe(
        operator,
        map((gate) => gate),
      )
      .subscribe({
        next: (gate) => {
          given.push(gate);
        },
        ...{ [GATE]: edge },
      });
    expect(given[0]).toBe(edge);
    expect(given[1]).toBe(open);
  });

  it('hides the gate of the edge where it offers none, and finds none where there is none', () => {
    const given: (Gate | undefined)[] = [];
    const operator = gated<Gate | undefined, Gate | undefined>((gate) => {
      given.push(gate);
      return [undefined, (source$) => source$];
    });
    found$.pipe(operator).subscribe({
      next: (gate) => {
        given.push(gate);
      },
      ...{ [GATE]: open },
    });
    found$.pipe(operator).subscribe();
    expect(given).toEqual([open, undefined, undefined]);
  });
});
