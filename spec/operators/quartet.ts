import {
  lastValueFrom,
  materialize,
  mergeMap,
  Observable,
  of,
  type OperatorFunction,
  take,
  toArray,
} from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';

/** Runs a marble test in virtual time. */
export function marbles(test: (helpers: RunHelpers, scheduler: TestScheduler) => void): () => void {
  return () => {
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
    scheduler.run((helpers) => {
      test(helpers, scheduler);
    });
  };
}

/**
 * What every operator must do beside its work: pass errors on, released its source when it is released, stop a
 * synchronous source, and keep nothing between subscriptions. `value` is one that the operator emits something for.
 */
export function itIsAnOperator<T>(
  make: (scheduler?: TestScheduler) => OperatorFunction<T, unknown>,
  value: T,
): void {
  it(
    'passes an error on, when what came before it has been reported',
    marbles(({ cold, expectSubscriptions, flush }, scheduler) => {
      const failing = cold<T>('  -a-#', { a: value }, new Error('lost'));
      const recorded: unknown[] = [];
      failing.pipe(make(scheduler), materialize()).subscribe((each) => recorded.push(each));
      flush();
      expect(recorded.length).toBeGreaterThan(1);
      expect(recorded.at(-1)).toMatchObject({ kind: 'E', error: new Error('lost') });
      expectSubscriptions(failing.subscriptions).toBe('^--!');
    }),
  );

  it(
    'passes an error on that comes at once',
    marbles(({ cold, expectObservable }, scheduler) => {
      expectObservable(cold<T>('#').pipe(make(scheduler))).toBe('#');
    }),
  );

  it(
    'unsubscribes from its source when it is released, and does not break the chain',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const source$ = cold<T>('-a-------a--|', { a: value });
      const through$ = source$.pipe(
        mergeMap((each) => of(each)),
        make(scheduler),
        mergeMap((each) => of(each)),
      );
      expectObservable(through$.pipe(mergeMap(() => [])), '     ^---!').toBe('-----');
      flush();
      expectSubscriptions(source$.subscriptions).toBe('    ^---!');
    }),
  );

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose$ = new Observable<T>((subscriber) => {
      for (; !subscriber.closed && given < 1000; given++) subscriber.next(value);
    });
    firehose$.pipe(make(), take(1)).subscribe();
    expect(given).toBe(1);
  });

  it('subscribes to its source for nobody who has left before', () => {
    let subscribed = 0;
    const source$ = new Observable<T>((subscriber) => {
      if (!subscriber.closed) subscribed += 1;
    });
    new Observable((subscriber) => {
      subscriber.unsubscribe();
      source$.pipe(make()).subscribe(subscriber);
    }).subscribe();
    expect(subscribed).toBe(0);
  });

  it('keeps nothing between subscriptions', async () => {
    const result$ = of(value).pipe(make(), toArray());
    const first = await lastValueFrom(result$);
    expect(first.length).toBeGreaterThan(0);
    expect(JSON.stringify(await lastValueFrom(result$))).toBe(JSON.stringify(first));
  });
}
