import { expectTypeOf } from 'expect-type';
import {
  concatMap,
  EMPTY,
  interval,
  map,
  NEVER,
  Observable,
  of,
  type OperatorFunction,
  Subject,
  take,
  timer,
} from 'rxjs';
import { findGate, type Gate } from '../../lib/core/demand/gate.js';
import { coalesceMap } from '../../lib/operators/coalesce-map.js';
import { itIsAnOperator, marbles } from './quartet.js';

describe('coalesceMap', () => {
  itIsAnOperator(() => coalesceMap((value: string) => of(value)), 'a');

  it(
    '[19] works off the first value at once, and then all that came meanwhile',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d-|');
      const work$ = cold('     ---r|    ');
      const expected = '      ----x---y---z|';
      const result$ = source$.pipe(coalesceMap((text) => work$.pipe(map(() => text))));
      expectObservable(result$).toBe(expected, { x: 'a', y: 'bc', z: 'd' });
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
      expectSubscriptions(work$.subscriptions).toBe(['-^---!', '-----^---!', '---------^---!']);
    }),
  );

  it(
    'works off what does not merge one by one, in order',
    marbles(({ cold, expectObservable }) => {
      const values = { a: 'a', b: 'b', t: { tool: 1 }, u: { tool: 2 }, x: 'ab' };
      const source$ = cold('  atuab|', values);
      const work$ = cold('    -r|');
      const expected = '      -a-t-u-x|';
      const result$ = source$.pipe(
        coalesceMap<unknown, Observable<unknown>>((value) => work$.pipe(map(() => value))),
      );
      expectObservable(result$).toBe(expected, values);
    }),
  );

  it(
    '[4] lets the error of its source wait for the work before it',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  abc#');
      const work$ = cold('    ---r|');
      expectObservable(source$.pipe(coalesceMap((text) => work$.pipe(map(() => text))))).toBe(
        '                     ---a---x#',
        { a: 'a', x: 'bc' },
      );
    }),
  );

  it(
    'fails with its work, and unsubscribes from its source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  abc---');
      const work$ = cold('    -r-#');
      expectObservable(source$.pipe(coalesceMap(() => work$))).toBe('-r-#');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    }),
  );

  it(
    '[2] unsubscribes from its source and its work',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  abc---');
      const work$ = cold('    ------');
      expectObservable(source$.pipe(coalesceMap(() => work$)), '^--!').toBe('----');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expectSubscriptions(work$.subscriptions).toBe('^--!');
    }),
  );

  it(
    '[19] is done with 500 deltas a second when they are, at 20 ms for each work (T081)',
    marbles(({ flush }, scheduler) => {
      const sent = new Map<string, number>();
      const deltas$ = interval(2).pipe(
        take(1000),
        map((n) => `${n} `),
      );
      const measure = (
        operator: (work: (text: string) => Observable<number>) => OperatorFunction<string, number>,
      ) => {
        const frames: string[] = [];
        let lag = 0;
        let ended = 0;
        const work = (text: string) => {
          frames.push(text);
          const oldest = text.slice(0, text.indexOf(' ') + 1);
          lag = Math.max(lag, scheduler.now() - sent.get(oldest)!);
          return timer(20);
        };
        deltas$
          .pipe(
            map((text) => {
              sent.set(text, scheduler.now());
              return text;
            }),
            operator(work),
          )
          .subscribe({ complete: () => (ended = scheduler.now()) });
        flush();
        return { frames, lag, ended };
      };
      const queued = measure((work) => concatMap(work));
      expect(queued.ended).toBeGreaterThan(20_000);
      const begun = scheduler.now();
      const { frames, lag, ended } = measure((work) => coalesceMap(work));
      expect(ended - begun).toBeLessThanOrEqual(2_050);
      expect(frames.length).toBeLessThanOrEqual(102);
      expect(lag).toBeLessThanOrEqual(22);
      expect(frames.join('')).toBe(queued.frames.join(''));
    }),
  );

  it('[19] asks its source to wait only when a lot is held', () => {
    let gate: Gate | undefined;
    const source$ = new Subject<string>();
    const probe$ = new Observable<string>((subscriber) => {
      gate = findGate(subscriber);
      return source$.subscribe(subscriber);
    });
    probe$.pipe(coalesceMap(() => NEVER)).subscribe();
    for (let n = 0; n < 10_000; n++) source$.next('a');
    expect(gate?.closed).toBe(false);
    source$.next('a');
    expect(gate?.closed).toBe(true);
  });

  it('takes nothing but a function for a projection', () => {
    expect(() => coalesceMap(16 as never)).toThrow(TypeError);
    expect(() => coalesceMap(16 as never)).toThrow('project must be a function, got 16');
  });

  it('has types', () => {
    expectTypeOf(coalesceMap((n: number) => (n > 1 ? of('x') : EMPTY))).toEqualTypeOf<
      OperatorFunction<number, string>
    >();
    // @ts-expect-error a projection gives something to wait for
    coalesceMap((n: number) => n);
  });
});
