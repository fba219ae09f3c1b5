import fc from 'fast-check';
import {
  concat,
  defer,
  EMPTY,
  finalize,
  from,
  ignoreElements,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  range,
  Subject,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { findGate, GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { Backlog } from '../../../lib/operators/internal/backlog.js';
import { inTurn } from '../../../lib/operators/internal/ordered-concurrency.js';
import { itIsAnOperator, marbles } from '../quartet.js';

function ordered<T, R>(
  project: (value: T, index: number) => Observable<R>,
  concurrent: number,
  mark = 64,
) {
  return inTurn<T, R>(() => new Backlog<T>(mark), project, concurrent);
}

describe('inTurn', () => {
  itIsAnOperator(() => ordered((value: string) => of(value), 1), 'a');

  it(
    'emits results in the order of the values; work that is done before its turn is still under way',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  abc-----------|');
      const works = {
        a: cold('             ----x---y|     '),
        b: cold('              -z|           '),
        c: cold('                      v-|   '),
      };
      const expected = '      ----x---y(zv)-|';
      works.c = cold('v-|');
      expectObservable(source$.pipe(ordered((key) => works[key as 'a'], 2))).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe(' ^-------------!');
      expectSubscriptions(works.a.subscriptions).toBe('^--------!     ');
      expectSubscriptions(works.b.subscriptions).toBe('-^-!           ');
      expectSubscriptions(works.c.subscriptions).toBe('---------^-!   ');
    }),
  );

  it(
    'ends when its source has ended and all work is done',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  ab-|');
      const work$ = cold('    --x|');
      expectObservable(source$.pipe(ordered(() => work$, 1))).toBe('--x--x|');
      expectObservable(EMPTY.pipe(ordered(() => work$, 1))).toBe('|');
    }),
  );

  it(
    '[4] lets the error of its source wait until the work before it is done',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  ab#');
      const work$ = cold('    --x|');
      expectObservable(source$.pipe(ordered(() => work$, 1))).toBe('--x--x#');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    }),
  );

  it(
    '[4] lets the error of work wait its turn, and lets go at once of what comes after it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  abcd-----|');
      const works = {
        a: cold('             -----x|   '),
        b: cold('             -y#       '),
        c: cold('             ---z|     '),
        d: cold('             d|        '),
      };
      const result$ = source$.pipe(ordered((key) => works[key as 'a'], 3));
      expectObservable(result$).toBe('-----x(y#)');
      expectSubscriptions(source$.subscriptions).toBe(' ^--!      ');
      expectSubscriptions(works.a.subscriptions).toBe('^-----!   ');
      expectSubscriptions(works.b.subscriptions).toBe('-^-!      ');
      expectSubscriptions(works.c.subscriptions).toBe('--^!      ');
      expectSubscriptions(works.d.subscriptions).toBe([]);
    }),
  );

  it(
    '[4] does so for a projection that throws',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  ab--');
      const work$ = cold('    --x|');
      const project = (key: string) => {
        if (key === 'b') throw 'error';
        return work$;
      };
      expectObservable(source$.pipe(ordered(project, 2))).toBe('--x#');
    }),
  );

  it(
    '[2] unsubscribes from its source and of all work when it is released',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  abc---');
      const work$ = cold('    ------');
      expectObservable(source$.pipe(ordered(() => work$, 2)), '^---!').toBe('-----');
      expectSubscriptions(source$.subscriptions).toBe('^---!');
      expectSubscriptions(work$.subscriptions).toBe(['^---!', '-^--!']);
    }),
  );

  it('gives the projection the number of each value', async () => {
    const result$ = of('a', 'b').pipe(
      ordered((key, index) => of(`${key}${index}`), 1),
      toArray(),
    );
    expect(await lastValueFrom(result$)).toEqual(['a0', 'b1']);
  });

  it('keeps the order where a listener makes work go on while its results are reported', () => {
    const first = new Subject<string>();
    const second = new Subject<string>();
    const seen: string[] = [];
    of(first, second)
      .pipe(ordered((work) => work, 2))
      .subscribe((result) => {
        seen.push(result);
        if (result === 'b1') second.next('b3');
      });
    second.next('b1');
    second.next('b2');
    first.next('a');
    first.complete();
    second.next('b4');
    expect(seen).toEqual(['a', 'b1', 'b2', 'b3', 'b4']);
  });

  it('does not reach a subscriber who leaves while results are emitted', () => {
    const first = new Subject<number>();
    const seen: number[] = [];
    const subscription = of(first, of(1, 2, 3))
      .pipe(ordered((work) => work, 2))
      .subscribe((result) => {
        seen.push(result);
        if (result === 2) subscription.unsubscribe();
      });
    first.complete();
    expect(seen).toEqual([1, 2]);
  });

  it('does not nest: a hundred thousand values wait for work that is then done at once', async () => {
    const first = new Subject<number>();
    const result$ = range(0, 100_000).pipe(
      ordered((n) => (n === 0 ? first : of(n)), 1),
      toArray(),
    );
    const all = lastValueFrom(result$);
    first.complete();
    expect(await all).toHaveLength(99_999);
  });

  it('works off as many at once as there are, if it may', async () => {
    const start = new Subject<void>();
    const result$ = range(0, 1_000).pipe(
      ordered((n) => concat(start, of(n)).pipe(map(() => n)), Infinity),
      toArray(),
    );
    const all = lastValueFrom(result$);
    start.complete();
    expect(await all).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  });

  it('[4] reports all that came before the first failure, in order, and never has more under way than it may', () => {
    const work = fc.record({
      at: fc.nat({ max: 20 }),
      takes: fc.nat({ max: 10 }),
      results: fc.nat({ max: 3 }),
      fails: fc.constantFrom(true, false, false, false, false, false, false),
    });
    const works = fc
      .array(work, { maxLength: 8 })
      .map((all) => all.sort((a, b) => a.at - b.at).map((each, n) => ({ ...each, n })));
    const resultsOf = ({ n, results }: { n: number; results: number }) =>
      Array.from({ length: results }, (_, k) => `${n}:${k}`);
    const failed = (what: unknown) => throwError(() => new Error(String(what)));
    let busy = 0;
    let most = 0;

    fc.assert(
      fc.property(
        works,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (all, concurrent, sourceFails) => {
          most = 0;
          const recorded: unknown[] = [];
          new TestScheduler(() => {}).run(({ flush }) => {
            const values$ = merge(...all.map((each) => timer(each.at).pipe(map(() => each))));
            concat(values$, sourceFails ? failed('source') : EMPTY)
              .pipe(
                ordered((each) => {
                  const results$ = concat(
                    from(resultsOf(each)),
                    each.fails ? failed(each.n) : EMPTY,
                  );
                  return defer(() => {
                    most = Math.max(most, (busy += 1));
                    return timer(each.takes).pipe(mergeMap(() => results$));
                  }).pipe(
                    finalize(() => {
                      busy -= 1;
                    }),
                  );
                }, concurrent),
              )
              .subscribe({
                next: (result) => recorded.push(result),
                error: (error: unknown) => recorded.push(`failed: ${(error as Error).message}`),
                complete: () => recorded.push('complete'),
              });
            flush();
          });
          const failing = all.find(({ fails }) => fails)?.n;
          const whole = sourceFails ? 'failed: source' : 'complete';
          expect(recorded).toEqual([
            ...all.slice(0, (failing ?? all.length) + 1).flatMap(resultsOf),
            failing === undefined ? whole : `failed: ${failing}`,
          ]);
          expect(most).toBeLessThanOrEqual(concurrent);
          expect(busy).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  describe('and demand', () => {
    it('[19] asks its source to wait while work piles up', () => {
      const works: Subject<never>[] = [];
      let gate: Gate | undefined;
      const source$ = new Subject<number>();
      const probe$ = new Observable<number>((subscriber) => {
        gate = findGate(subscriber);
        return source$.subscribe(subscriber);
      });
      probe$
        .pipe(
          ordered(
            () => {
              const work = new Subject<never>();
              works.push(work);
              return work;
            },
            1,
            4,
          ),
        )
        .subscribe();
      for (let n = 0; n < 4; n++) source$.next(n);
      expect(gate?.closed).toBe(false);
      source$.next(4);
      expect(gate?.closed).toBe(true);
      const opened = jest.fn();
      gate?.onOpen(opened);
      works[0]!.complete();
      expect(opened).not.toHaveBeenCalled();
      works[1]!.complete();
      expect(opened).toHaveBeenCalledTimes(1);
      expect(gate?.closed).toBe(false);
    });

    it('[19] begins no work while the edge is full, and shows the edge to its work', () => {
      const waiting = new Set<() => void>();
      const edge = {
        closed: true,
        heed: jest.fn(),
        onOpen: (callback: () => void) => {
          waiting.add(callback);
          return () => waiting.delete(callback);
        },
      };
      const found: unknown[] = [];
      const work$ = new Observable<never>((subscriber) => {
        found.push(findGate(subscriber));
        subscriber.complete();
      });
      const source$ = new Subject<number>();
      const ended = jest.fn();
      source$.pipe(ordered(() => work$, 1)).subscribe({ complete: ended, ...{ [GATE]: edge } });
      expect(edge.heed).toHaveBeenCalledTimes(1);
      source$.next(1);
      source$.next(2);
      source$.complete();
      expect(found).toEqual([]);
      expect(waiting.size).toBe(1);
      edge.closed = false;
      for (const open of waiting) open();
      expect(found).toEqual([edge, edge]);
      expect(ended).toHaveBeenCalledTimes(1);
    });

    it('leaves nothing at the edge when it is left', () => {
      const takeBack = jest.fn();
      const edge: Gate = { closed: true, heed: () => {}, onOpen: () => takeBack };
      const subscription = concat(of(1), NEVER)
        .pipe(ordered(() => of(1).pipe(ignoreElements()), 1))
        .subscribe({ next: () => {}, ...{ [GATE]: edge } });
      expect(takeBack).not.toHaveBeenCalled();
      subscription.unsubscribe();
      expect(takeBack).toHaveBeenCalledTimes(1);
    });
  });
});
