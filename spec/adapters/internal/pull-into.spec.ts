import { Observable, take } from 'rxjs';
import { pullInto } from '../../../lib/adapters/internal/pull-into.js';
import { GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { watch } from '../../support/run-events.js';
import { turn } from '../../support/unhandled-errors.js';

type Next = Parameters<typeof pullInto<number>>[1];
const pulling = (next: Next, leave: () => void = () => {}) =>
  new Observable<number>((subscriber) => pullInto(subscriber, next, leave));
const countTo = (end: number): Next => {
  let i = 0;
  return () => Promise.resolve(i === end ? { done: true } : { value: i++ });
};

describe('pullInto', () => {
  it('asks for one result after the other until the last', async () => {
    const leave = jest.fn();
    const run = watch(pulling(countTo(3), leave));
    await turn();
    expect(run).toMatchObject({ values: [0, 1, 2], ended: 'complete' });
    expect(leave).not.toHaveBeenCalled();
  });

  it('calls leave when it is left before the last, and not after an error', async () => {
    const leave = jest.fn();
    watch(pulling(() => Promise.reject(new Error('broken')), leave));
    await turn();
    expect(leave).not.toHaveBeenCalled();
    watch(pulling(countTo(9), leave).pipe(take(2)));
    await turn();
    expect(leave).toHaveBeenCalledTimes(1);
  });

  it('[19] respects the gate: asks while it is open, waits while it is closed, takes its wait back', async () => {
    const waiting: (() => void)[] = [];
    const gate = {
      closed: false,
      heed: jest.fn(),
      onOpen: (callback: () => void) => {
        waiting.push(callback);
        return () => {
          waiting.splice(waiting.indexOf(callback), 1);
        };
      },
    };
    const values: number[] = [];
    const subscription = pulling(countTo(9)).subscribe({
      next: (value) => {
        values.push(value);
        gate.closed = value === 1 || value === 2;
      },
      ...{ [GATE]: gate satisfies Gate },
    });
    await turn();
    expect([values, waiting.length, gate.heed.mock.calls.length]).toEqual([[0, 1], 1, 1]);
    waiting.pop()?.();
    await turn();
    expect([values, waiting.length]).toEqual([[0, 1, 2], 1]);
    subscription.unsubscribe();
    expect(waiting).toEqual([]);
  });
});
