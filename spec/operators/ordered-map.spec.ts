import { expectTypeOf } from 'expect-type';
import {
  concatMap,
  EMPTY,
  from,
  lastValueFrom,
  type Observable,
  of,
  type OperatorFunction,
  range,
  toArray,
} from 'rxjs';
import { fromAsyncIterable } from '../../lib/adapters/from-async-iterable.js';
import { orderedMap } from '../../lib/operators/ordered-map.js';
import { itIsAnOperator, marbles } from './quartet.js';

describe('orderedMap', () => {
  itIsAnOperator(() => orderedMap((value: string) => of(value)), 'a');

  it(
    '[4] does one after the other, and reports the error of its source when all is done',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c#        ');
      const work$ = cold('     ---x|         ');
      const expected = '      ----x---x---x#';
      const dropped = '       ----x-#        ';
      expectObservable(source$.pipe(orderedMap(() => work$))).toBe(expected);
      expectObservable(source$.pipe(concatMap(() => work$))).toBe(dropped);
      expectSubscriptions(source$.subscriptions).toBe(['^-----!', '^-----!']);
    }),
  );

  it(
    'does several at once, and keeps the order',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  abc-------|');
      const works = {
        a: cold('             -----x|  '),
        b: cold('              y|      '),
        c: cold('               ---z|  '),
      };
      const expected = '      -----x(yz)|';
      expectObservable(source$.pipe(orderedMap((key) => works[key as 'a'], 3))).toBe(expected);
    }),
  );

  it('[4] gives all five values before the error that concatMap lets overtake them', async () => {
    const source$ = from([1, 2, 3, 4, 5, 'lost' as const]).pipe(
      concatMap((value) => {
        if (value === 'lost') throw new Error(value);
        return of(value);
      }),
    );
    const work = async (value: number) => value * 10;
    const seen: number[] = [];
    const failure = await new Promise((resolve) =>
      source$.pipe(orderedMap(work)).subscribe({ next: (n) => seen.push(n), error: resolve }),
    );
    expect(seen).toEqual([10, 20, 30, 40, 50]);
    expect(failure).toEqual(new Error('lost'));
  });

  it('[19] reads on only as work gets done: 64 values wait at most (T078)', async () => {
    let read = 0;
    async function* endless() {
      for (;;) yield read++;
    }
    let release: (() => void) | undefined;
    const work = () => new Promise<void>((resolve) => (release = resolve));
    const subscription = fromAsyncIterable(() => endless())
      .pipe(orderedMap(work))
      .subscribe();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(read).toBe(65);
    for (let n = 0; n < 40; n++) {
      release?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(read).toBeGreaterThan(65);
    expect(read).toBeLessThanOrEqual(65 + 40);
    subscription.unsubscribe();
  });

  it('takes whatever RxJS takes for an Observable', async () => {
    const result$ = of(1, 2, 3).pipe(
      orderedMap((n): Promise<number> | number[] | Observable<never> =>
        n === 1 ? Promise.resolve(n) : n === 2 ? [n, n] : EMPTY,
      ),
      toArray(),
    );
    expect(await lastValueFrom(result$)).toEqual([1, 2, 2]);
  });

  it.each([0, NaN, -1, 'two'])('takes no %p for a concurrency', (concurrent) => {
    expect(() => orderedMap(() => EMPTY, concurrent as number)).toThrow(TypeError);
    expect(() => orderedMap(() => EMPTY, concurrent as number)).toThrow('concurrent must be');
  });

  it('takes nothing but a function for a projection', () => {
    expect(() => orderedMap(undefined as never)).toThrow(
      'project must be a function, got undefined',
    );
  });

  it('has types', () => {
    const tool$ = of('x');
    expectTypeOf(orderedMap((n: number) => (n > 1 ? tool$ : EMPTY))).toEqualTypeOf<
      OperatorFunction<number, string>
    >();
    expectTypeOf(range(0, 1).pipe(orderedMap(async (n) => `${n}`, 2))).toEqualTypeOf<
      Observable<string>
    >();
    // @ts-expect-error a projection gives something to wait for
    orderedMap((n: number) => n);
  });
});
