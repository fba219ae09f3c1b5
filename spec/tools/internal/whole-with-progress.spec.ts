import { asapScheduler, EMPTY, type Observable, of, Subject, takeLast, takeUntil, tap } from 'rxjs';
import { foldChunks } from 'rxlm';
import { Returned } from '../../../lib/tools/internal/generator-result';
import { wholeWithProgress } from '../../../lib/tools/internal/whole-with-progress';
import { marbles, type Marbles } from '../../support/marbles';
import { watch } from '../../support/run-events';

const last = <T>(values$: Observable<T>): Observable<T> => values$.pipe(takeLast(1));

/** What is reported, with the frame at which it is. */
function recorded({ scheduler }: Marbles) {
  const all: [string, number][] = [];
  const recordRun = (value: string) => all.push([value, scheduler.now()]);
  return { all, operator: wholeWithProgress<string>(recordRun, scheduler, last) };
}

describe('wholeWithProgress', () => {
  it('emits the last value, and reports those before it as they come', () => {
    marbles((helpers) => {
      const { cold, expectObservable, expectSubscriptions, flush } = helpers;
      const { all, operator } = recorded(helpers);
      const source$ = cold('-a-b--(c|)');
      expectObservable(source$.pipe(operator)).toBe('------(c|)');
      expectSubscriptions(source$.subscriptions).toBe('^-----!');
      flush();
      expect(all).toEqual([
        ['a', 1],
        ['b', 3],
      ]);
    });
  });

  it('reports all but the last of those that come at once', () => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { all, operator } = recorded(helpers);
      expectObservable(cold('--(abc|)').pipe(operator)).toBe('--(c|)');
      flush();
      expect(all).toEqual([
        ['a', 2],
        ['b', 2],
      ]);
    });
  });

  it('reports a value that it cannot know to be the last', () => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { all, operator } = recorded(helpers);
      expectObservable(cold('-a---|').pipe(operator)).toBe('-----(a|)');
      flush();
      expect(all).toEqual([['a', 1]]);
    });
  });

  it('emits what the fold makes of them', () => {
    const parts: unknown[] = [];
    const whole$ = of('gold', 'fish').pipe(
      wholeWithProgress((part) => parts.push(part), asapScheduler, foldChunks()),
    );
    expect(watch(whole$)).toMatchObject({ values: ['goldfish'], ended: 'complete' });
    expect(parts).toEqual(['gold']);
  });

  it('emits what a generator returned in place of it, and takes all values for progress', () => {
    const parts: unknown[] = [];
    const whole$ = of('a', 'b', new Returned(7)).pipe(
      wholeWithProgress<unknown>((part) => parts.push(part), asapScheduler, foldChunks()),
    );
    expect(watch(whole$)).toMatchObject({ values: [7], ended: 'complete' });
    expect(parts).toEqual(['a', 'b']);
  });

  it('emits undefined if there was none', () => {
    const none$ = EMPTY.pipe(wholeWithProgress(() => undefined, asapScheduler, last));
    expect(watch(none$)).toMatchObject({ values: [undefined], ended: 'complete' });
  });

  it('passes an error after what came before it has been reported', () => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { all, operator } = recorded(helpers);
      expectObservable(cold('-a-(b#)').pipe(operator)).toBe('---#');
      flush();
      expect(all).toEqual([
        ['a', 1],
        ['b', 3],
      ]);
    });
  });

  it('unsubscribes from the source with the subscriber, and then reports nothing more', () => {
    marbles((helpers) => {
      const { cold, expectObservable, expectSubscriptions, flush } = helpers;
      const { all, operator } = recorded(helpers);
      const source$ = cold('-a-(bc)-d');
      expectObservable(source$.pipe(operator), '^--!').toBe('----');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      flush();
      expect(all).toEqual([['a', 1]]);
    });
  });

  it('stops a synchronous source when a subscriber leaves during a value', () => {
    const left = new Subject<void>();
    const made: number[] = [];
    const values$ = of(1, 2, 3, 4).pipe(
      tap((value) => made.push(value)),
      wholeWithProgress(
        () => {
          left.next();
        },
        asapScheduler,
        last,
      ),
      takeUntil(left),
    );
    expect(watch(values$)).toMatchObject({ values: [], ended: 'complete' });
    expect(made).toEqual([1, 2]);
  });
});
