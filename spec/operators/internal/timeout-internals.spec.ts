import { asyncScheduler, NEVER, Observable, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { findGate, GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { clocked } from '../../../lib/operators/internal/timeout-internals.js';
import { itIsAnOperator, marbles } from '../quartet.js';

const clock = {
  name: 'someTimeout',
  phase: 'idle',
  missing: 'nothing came',
  onValue: (value: unknown) => (value === 'r' ? 'restart' : value === 'e' ? 'end' : undefined),
} as const;

describe('clocked', () => {
  itIsAnOperator((scheduler) => clocked(10, scheduler ?? new TestScheduler(() => {}), clock), 'r');

  it(
    'errors when its time is over, of which some values begin a new one and some the end',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const operator = clocked<string>(4, scheduler, clock);
      const error = {
        name: 'RxlmError',
        message: 'someTimeout: nothing came within 4 ms. Raise the limit, or try again.',
        code: 'timeout',
        phase: 'idle',
      };
      const none$ = cold('         -x-x-x');
      expectObservable(none$.pipe(operator)).toBe(
        '     -x-x#',
        undefined,
        expect.objectContaining(error),
      );
      expectSubscriptions(none$.subscriptions).toBe('   ^---!');
      const restart$ = cold('      -r-xr-----');
      expectObservable(restart$.pipe(operator)).toBe(
        '  -r-xr---#',
        undefined,
        expect.objectContaining(error),
      );
      expectSubscriptions(restart$.subscriptions).toBe('^-------!');
      const end$ = cold('          -e------------|');
      expectObservable(end$.pipe(operator)).toBe('      -e------------|');
    }),
  );

  it('unsubscribes from its source before the error is reported', () => {
    jest.useFakeTimers();
    try {
      const order: string[] = [];
      const source$ = new Observable<string>(() => () => order.push('let go'));
      source$
        .pipe(clocked(5, asyncScheduler, clock))
        .subscribe({ error: () => order.push('error') });
      jest.advanceTimersByTime(5);
      expect(order).toEqual(['let go', 'error']);
    } finally {
      jest.useRealTimers();
    }
  });

  it(
    'sets one timer, not one for each value',
    marbles(({ cold, flush }, scheduler) => {
      const schedule = jest.spyOn(scheduler, 'schedule');
      const source$ = cold('rrrrrrrrrrrrrrrrrrrrrrrrrrrrrr|');
      schedule.mockClear();
      source$.pipe(clocked(10, scheduler, clock)).subscribe();
      const messages = schedule.mock.calls.length - 1;
      flush();
      expect(schedule.mock.calls.length - messages).toBeLessThanOrEqual(5);
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it('sets no timer if there is no limit', () => {
    jest.useFakeTimers();
    try {
      const subscription = NEVER.pipe(clocked(Infinity, asyncScheduler, clock)).subscribe();
      expect(jest.getTimerCount()).toBe(0);
      subscription.unsubscribe();
    } finally {
      jest.useRealTimers();
    }
  });

  describe('[25] and a consumer that keeps the source from being read (T058)', () => {
    let scheduler: TestScheduler;
    let waiting: (() => void)[];
    let edge: { -readonly [K in keyof Gate]: Gate[K] };
    beforeEach(() => {
      scheduler = new TestScheduler(() => {});
      waiting = [];
      edge = {
        closed: false,
        heed: jest.fn(),
        onOpen: (callback) => {
          waiting.push(callback);
          return () => {
            waiting = waiting.filter((other) => other !== callback);
          };
        },
      };
    });

    /** A source that reads on when the gate that it finds lets it. */
    function subscribe(source$: Subject<string>) {
      let gate!: Gate;
      const failed = jest.fn();
      const reading$ = new Observable<string>((subscriber) => {
        gate = findGate(subscriber)!;
        gate.heed();
        return source$.subscribe(subscriber);
      });
      const subscription = reading$
        .pipe(clocked(10, scheduler, clock))
        .subscribe({ error: failed, ...{ [GATE]: edge } });
      return { gate, failed, subscription };
    }
    const pass = (ms: number) => {
      scheduler.maxFrames = scheduler.frame + ms;
      scheduler.schedule(() => {}, ms);
      scheduler.flush();
    };

    it('stands still meanwhile, and starts anew', () => {
      const source$ = new Subject<string>();
      const { gate, failed } = subscribe(source$);
      expect(edge.heed).toHaveBeenCalledTimes(1);
      pass(8);
      edge.closed = true;
      expect(gate.closed).toBe(true);
      const read = jest.fn();
      gate.onOpen(read);
      pass(100);
      expect(failed).not.toHaveBeenCalled();
      edge.closed = false;
      waiting.splice(0).forEach((open) => {
        open();
      });
      expect(gate.closed).toBe(false);
      expect(read).toHaveBeenCalledTimes(1);
      pass(9);
      expect(failed).not.toHaveBeenCalled();
      pass(1);
      expect(failed).toHaveBeenCalledTimes(1);
    });

    it('does not start again where it has ended', () => {
      const source$ = new Subject<string>();
      const { gate, failed, subscription } = subscribe(source$);
      source$.next('e');
      gate.onOpen(() => {});
      waiting.splice(0).forEach((open) => {
        open();
      });
      pass(100);
      expect(failed).not.toHaveBeenCalled();
      subscription.unsubscribe();
      expect(scheduler.actions).toEqual([]);
    });

    it('can be taken back', () => {
      const { gate } = subscribe(new Subject<string>());
      const takeBack = gate.onOpen(() => {});
      takeBack();
      expect(waiting).toEqual([]);
    });
  });

  it.each([0, -1, NaN, '10', undefined])('takes no %p for a number of milliseconds', (ms) => {
    expect(() => clocked(ms as number, new TestScheduler(() => {}), clock)).toThrow(TypeError);
    expect(() => clocked(ms as number, new TestScheduler(() => {}), clock)).toThrow('ms must be');
  });
});
