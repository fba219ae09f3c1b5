import { expectTypeOf } from 'expect-type';
import { type MonoTypeOperatorFunction, NEVER, Subject } from 'rxjs';
import { toAsyncIterable } from '../../lib/core/demand/to-async-iterable.js';
import { fromAsyncIterable } from '../../lib/adapters/from-async-iterable.js';
import { idleTimeout } from '../../lib/operators/idle-timeout.js';
import { itIsAnOperator, marbles } from './quartet.js';

const idle = expect.objectContaining({ name: 'RxlmError', code: 'timeout', phase: 'idle' });

describe('idleTimeout', () => {
  itIsAnOperator((scheduler) => idleTimeout(10, scheduler), 'a');

  it(
    '[20] errors when nothing has come for its time, since the subscription or the value before',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const source$ = cold('  -a-b-----------c-|');
      const expected = '      -a-b----#         ';
      const subs = '          ^-------!         ';
      expectObservable(source$.pipe(idleTimeout(5, scheduler))).toBe(expected, undefined, idle);
      expectSubscriptions(source$.subscriptions).toBe(subs);
      expectObservable(NEVER.pipe(idleTimeout(5, scheduler))).toBe('-----#', undefined, idle);
    }),
  );

  it(
    'passes values that come in time, and the end',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  -a---b----c-|');
      expectObservable(source$.pipe(idleTimeout(5))).toBe('-a---b----c-|');
    }),
  );

  it('uses asyncScheduler by default', () => {
    jest.useFakeTimers();
    try {
      const source$ = new Subject<string>();
      const failed = jest.fn();
      source$.pipe(idleTimeout(1000)).subscribe({ error: failed });
      jest.advanceTimersByTime(999);
      source$.next('a');
      jest.advanceTimersByTime(999);
      expect(failed).not.toHaveBeenCalled();
      jest.advanceTimersByTime(1);
      expect(failed).toHaveBeenCalledWith(idle);
      expect(source$.observed).toBe(false);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('[25] does not count the time that its consumer takes (T058)', async () => {
    jest.useFakeTimers();
    try {
      async function* numbers() {
        for (let n = 1; n <= 4; n++) yield n;
      }
      const values = toAsyncIterable(fromAsyncIterable(() => numbers()).pipe(idleTimeout(20)), {
        highWaterMark: 1,
      });
      const taken: number[] = [];
      for await (const value of values) {
        taken.push(value);
        await jest.advanceTimersByTimeAsync(60);
      }
      expect(taken).toEqual([1, 2, 3, 4]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('takes nothing but a positive number of milliseconds', () => {
    expect(() => idleTimeout(0)).toThrow(
      new TypeError('ms must be a number of milliseconds above 0, got 0'),
    );
  });

  it('has types', () => {
    expectTypeOf(idleTimeout<string>(5)).toEqualTypeOf<MonoTypeOperatorFunction<string>>();
  });
});
