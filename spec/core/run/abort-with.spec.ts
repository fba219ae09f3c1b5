import { NEVER, Observable, of, take, throwError } from 'rxjs';
import { abortWith } from '../../../lib/core/run/abort-with.js';
import { type Scope, SCOPE } from '../../../lib/core/run/scope.js';
import { countedSignal } from '../../support/counted-signal.js';
import { marbles } from '../../support/marbles.js';
import { watch } from '../../support/run-events.js';

const scopeOf = (signal: AbortSignal) => ({ signal }) as unknown as Scope;

describe('abortWith', () => {
  it('is the source itself where there is no signal', () => {
    const source$ = of(1);
    expect(abortWith({})(source$)).toBe(source$);
  });

  it('[2] passes values on until the signal is aborted, cancels, and errors with its reason', () => {
    marbles(({ cold, expectObservable, expectSubscriptions, scheduler }) => {
      const controller = new AbortController();
      const source$ = cold(' -a-b-c|');
      scheduler.schedule(() => {
        controller.abort('enough');
      }, 4);
      expectObservable(source$.pipe(abortWith({ signal: controller.signal }))).toBe(
        '            -a-b#',
        undefined,
        'enough',
      );
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('does not subscribe to its source once the signal is aborted', () => {
    const subscribed = jest.fn();
    const run = watch(
      new Observable(subscribed).pipe(abortWith({ signal: AbortSignal.abort('before') })),
    );
    expect(run.ended).toEqual({ error: 'before' });
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('respects the signal of the run that the config was made for as well', () => {
    const [own, outer] = [new AbortController(), new AbortController()];
    const config = { signal: own.signal, [SCOPE]: scopeOf(outer.signal) };
    const run = watch(NEVER.pipe(abortWith(config)));
    outer.abort('from outside');
    expect(run.ended).toEqual({ error: 'from outside' });
  });

  it('listens once where both are the same', () => {
    const controller = countedSignal();
    watch(
      NEVER.pipe(abortWith({ signal: controller.signal, [SCOPE]: scopeOf(controller.signal) })),
    );
    expect(controller.count()).toBe(1);
  });

  it.each([
    ['completes', of(1), (run: ReturnType<typeof watch>) => run],
    ['fails', throwError(() => new Error('broken')), (run: ReturnType<typeof watch>) => run],
    [
      'is left',
      NEVER,
      (run: ReturnType<typeof watch>) => {
        run.leave();
      },
    ],
  ])('leaves no listener when it %s', (_, source$: Observable<unknown>, end) => {
    const controller = countedSignal();
    end(watch(source$.pipe(abortWith({ signal: controller.signal }))));
    expect(controller.count()).toBe(0);
  });

  it('stops a synchronous source without end, by its subscriber and by the signal', () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const endless$ = new Observable<number>((subscriber) => {
      for (let i = 0; !subscriber.closed; i++) subscriber.next(i);
    });
    const aborting$ = endless$.pipe(abortWith({ signal: controller.signal }));
    expect(watch(aborting$.pipe(take(2))).values).toEqual([0, 1]);
    aborting$.subscribe({
      next: (i) => {
        seen.push(i);
        if (i === 3) controller.abort();
      },
      error: () => seen.push(-1),
    });
    expect(seen).toEqual([0, 1, 2, 3, -1]);
  });
});
