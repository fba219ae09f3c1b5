import { finalize, merge, NEVER, Observable, of, Subject, take, throwError, timer } from 'rxjs';
import { cutOff } from '../../../lib/core/run/fail-when.js';
import { marbles } from '../../support/marbles.js';
import { watch } from '../../support/run-events.js';

const broken = new Error('broken');

const cut = (value: unknown) => `cut by ${String(value)}`;

describe('cutOff', () => {
  it('passes values until the notifier emits, then errors with what is made of that', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d|');
      const notifier$ = cold('------x');
      expectObservable(source$.pipe(cutOff(notifier$, cut))).toBe(
        '                      -a-b-c#',
        undefined,
        'cut by x',
      );
      expectSubscriptions(source$.subscriptions).toBe('  ^-----!');
      expectSubscriptions(notifier$.subscriptions).toBe('^-----!');
    });
  });

  it('completes and fails with its source, and leaves the notifier', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const notifier$ = cold('------x');
      expectObservable(cold('-a|').pipe(cutOff(notifier$, cut))).toBe('-a|');
      expectObservable(cold('-a-#').pipe(cutOff(notifier$, cut))).toBe('-a-#');
      expectSubscriptions(notifier$.subscriptions).toBe(['^-!', '^--!']);
    });
  });

  it('goes on where the notifier only completes', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a-b|').pipe(cutOff(cold('-|'), cut))).toBe('-a-b|');
    });
  });

  it('leaves source and notifier when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const [source$, notifier$] = [cold('-a-b'), cold('------x')];
      expectObservable(source$.pipe(cutOff(notifier$, cut)), '--!').toBe('-a');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
      expectSubscriptions(notifier$.subscriptions).toBe('^-!');
    });
  });

  it('has torn its source down by the time the error arrives', () => {
    const order: string[] = [];
    const notifier$ = new Subject<string>();
    NEVER.pipe(
      finalize(() => order.push('torn down')),
      cutOff(notifier$, cut),
    ).subscribe({ error: (error: unknown) => order.push(String(error)) });
    notifier$.next('x');
    expect(order).toEqual(['torn down', 'cut by x']);
  });

  it('never subscribes to its source where the notifier emits at once', () => {
    const subscribed = jest.fn();
    expect(watch(new Observable(subscribed).pipe(cutOff(of('x'), cut))).ended).toEqual({
      error: 'cut by x',
    });
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('stops a synchronous source early, by its subscriber and by the notifier', () => {
    const stop$ = new Subject<void>();
    const endless$ = new Observable<number>((subscriber) => {
      for (let i = 0; !subscriber.closed; i++) {
        if (i === 5) stop$.next();
        subscriber.next(i);
      }
    }).pipe(cutOff(stop$, () => 'cut'));
    expect(watch(endless$.pipe(take(2))).values).toEqual([0, 1]);
    expect(watch(endless$)).toMatchObject({ values: [0, 1, 2, 3, 4], ended: { error: 'cut' } });
  });

  it('counts anew for each subscription', () => {
    marbles(({ cold, expectObservable, scheduler }) => {
      const cutting$ = cold('-a-b-c').pipe(cutOff(timer(2, scheduler), () => 'cut'));
      expectObservable(cutting$).toBe('-a#', undefined, 'cut');
      expectObservable(cutting$, '--^').toBe('---a#', undefined, 'cut');
    });
  });

  it('fails with what making the error throws', () => {
    const failing = () => {
      throw new Error('broken');
    };
    expect(
      watch(
        merge(
          throwError(() => broken),
          NEVER,
        ).pipe(cutOff(of(1), failing)),
      ).ended,
    ).toEqual({
      error: broken,
    });
  });
});
