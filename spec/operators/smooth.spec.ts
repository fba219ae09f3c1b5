import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  from,
  lastValueFrom,
  type MonoTypeOperatorFunction,
  NEVER,
  type Observable,
  of,
  Subject,
} from 'rxjs';
import type { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { foldMessages } from '../../lib/messages/fold-messages.js';
import { smooth } from '../../lib/operators/smooth.js';
import { cutMessage } from '../messages/cut-message.js';
import { itIsAnOperator, marbles } from './quartet.js';

describe('smooth', () => {
  itIsAnOperator((scheduler) => smooth({ maxLagMs: 20, ...(scheduler && { scheduler }) }), 'ab');

  it(
    '[20] spreads a burst over the lag, and the end comes behind it',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const source$ = cold('  -(x|)', { x: 'abcdefgh' });
      const expected = '      -a 15ms b 15ms c 15ms d 15ms (e|)';
      const subs = '          ^!';
      expectObservable(source$.pipe(smooth({ maxLagMs: 64, scheduler }))).toBe(expected, {
        a: 'ab',
        b: 'cd',
        c: 'ef',
        d: 'g',
        e: 'h',
      });
      expectSubscriptions(source$.subscriptions).toBe(subs);
    }),
  );

  it(
    'holds up nothing that comes slowly',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  -a 30ms b 30ms c|');
      expectObservable(source$.pipe(smooth())).toBe('-a 30ms b 30ms c|');
    }),
  );

  it(
    'passes what is no text at once, unless text waits before it',
    marbles(({ cold, expectObservable }) => {
      const values = { x: 'ab', a: 'a', b: 'b', t: 1 };
      const source$ = cold('  -tx-t 30ms t|', values);
      const expected = '      -ta 15ms (bt) 13ms t|';
      expectObservable(source$.pipe(smooth({ maxLagMs: 40 }))).toBe(expected, values);
    }),
  );

  it(
    'lags 250 ms at most by default',
    marbles(({ cold, flush }, scheduler) => {
      const text = 'x'.repeat(5000);
      let late = 0;
      let pieces = 0;
      cold('a|', { a: text })
        .pipe(smooth())
        .subscribe({ next: () => (pieces += 1), complete: () => (late = scheduler.now()) });
      flush();
      expect(late).toBe(240);
      expect(pieces).toBe(16);
    }),
  );

  it(
    '[4] reports an error behind what came before it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -(x#)', { x: 'abc' });
      const expected = '      -a 15ms b 15ms (c#)';
      expectObservable(source$.pipe(smooth({ maxLagMs: 40 }))).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe('^!');
    }),
  );

  it(
    'has a finer pace where the lag is short',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  (x|)', { x: 'abcd' });
      expectObservable(source$.pipe(smooth({ maxLagMs: 3 }))).toBe('a--(b|)', { a: 'ab', b: 'cd' });
    }),
  );

  it(
    'sets no timer while nothing waits, and stops it when it is released',
    marbles(({ cold, expectObservable, flush }, scheduler) => {
      expectObservable(NEVER.pipe(smooth())).toBe('-');
      expectObservable(cold('a-', { a: 'ab' }).pipe(smooth()), '--!').toBe('a');
      flush();
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it('keeps the order where a listener feeds its own source', () => {
    jest.useFakeTimers();
    try {
      const source$ = new Subject<unknown>();
      const seen: unknown[] = [];
      source$.pipe(smooth({ maxLagMs: 30 })).subscribe((value) => {
        seen.push(value);
        if (value === 1) source$.next('again');
      });
      for (const value of ['a', 1, 2]) source$.next(value);
      jest.advanceTimersByTime(100);
      expect(seen).toEqual(['a', 1, 'again', 2]);

      const behind$ = new Subject<unknown>();
      const order: unknown[] = [];
      behind$.pipe(smooth({ maxLagMs: 30 })).subscribe((value) => {
        order.push(value);
        if (value === 'b') behind$.next(3);
      });
      for (const value of ['ab', 1, 2]) behind$.next(value);
      jest.advanceTimersByTime(100);
      expect(order).toEqual(['a', 'b', 1, 2, 3]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('[13] changes no message: its pieces fold to what came', async () => {
    jest.useFakeTimers();
    try {
      await fc.assert(
        fc.asyncProperty(cutMessage, async ({ chunks }) => {
          const fold = (piece$: Observable<AIMessageChunk>) =>
            lastValueFrom(piece$.pipe(foldMessages()));
          const folded = fold(from(chunks).pipe(smooth({ maxLagMs: 50 })));
          jest.advanceTimersByTime(50);
          expect(await folded).toStrictEqual(await fold(from(chunks)));
        }),
      );
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([0, -1, Infinity, NaN, '250'])('takes no %p for a lag', (maxLagMs) => {
    expect(() => smooth({ maxLagMs: maxLagMs as number })).toThrow(TypeError);
    expect(() => smooth({ maxLagMs: maxLagMs as number })).toThrow('maxLagMs must be');
  });

  it('has types', () => {
    expectTypeOf(smooth<string>({ maxLagMs: 5 })).toEqualTypeOf<MonoTypeOperatorFunction<string>>();
    expectTypeOf(of('a').pipe(smooth())).toEqualTypeOf(of('a'));
  });
});
