import { lastValueFrom, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ask$, patiently } from '../../../lib/runs/internal/ask-store.js';
import { RxlmError } from 'rxlm';

const virtual = (test: (scheduler: TestScheduler) => (helpers: never) => void): void => {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run(test(scheduler) as never);
};
type Helpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

describe('ask$', () => {
  it('calls for each subscription, and emits in the same turn what is answered at once', () => {
    const call = jest.fn(() => 1);
    const reply$ = ask$(call, new TestScheduler(() => undefined));
    const seen: number[] = [];
    reply$.subscribe((reply) => seen.push(reply));
    reply$.subscribe((reply) => seen.push(reply));
    expect(seen).toEqual([1, 1]);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('waits for a promise, five seconds at most', async () => {
    expect(
      await lastValueFrom(ask$(() => Promise.resolve(1), new TestScheduler(() => undefined))),
    ).toBe(1);
    virtual((scheduler) => ({ expectObservable }: Helpers) => {
      const never$ = ask$(() => new Promise(() => undefined), scheduler);
      expectObservable(never$).toBe(
        '5s #',
        undefined,
        expect.objectContaining({ name: 'TimeoutError' }),
      );
    });
  });
});

describe('patiently', () => {
  it('repeats a call that fails, with growing pauses, and no longer than it may', () => {
    virtual((scheduler) => ({ cold, expectObservable, expectSubscriptions }: Helpers) => {
      const failing$ = cold('#');
      const gaveUp = expect.objectContaining({ code: 'store_unavailable' }) as unknown;
      expectObservable(failing$.pipe(patiently({ scheduler, patienceMs: 300 }))).toBe(
        '350ms #',
        undefined,
        gaveUp,
      );
      expectSubscriptions(failing$.subscriptions).toBe([
        '(^!)',
        '50ms (^!)',
        '150ms (^!)',
        '350ms (^!)',
      ]);
    });
  });

  it('passes a verdict at once, and is unsubscribed as it is', () => {
    virtual((scheduler) => ({ cold, expectObservable, expectSubscriptions }: Helpers) => {
      const verdict = new RxlmError('no', { code: 'exists' });
      const patient = patiently({ scheduler, patienceMs: 300 });
      expectObservable(throwError(() => verdict).pipe(patient)).toBe('#', undefined, verdict);
      const silent$ = cold('-');
      expectObservable(silent$.pipe(patient), '^--!').toBe('-');
      expectSubscriptions(silent$.subscriptions).toBe('^--!');
    });
  });

  it('counts anew after a success', () => {
    virtual((scheduler) => ({ cold, expectObservable }: Helpers) => {
      expectObservable(
        cold('-a--#').pipe(patiently({ scheduler, patienceMs: 60 })),
        '^ 199ms !',
      ).toBe('-a 53ms a 53ms a 53ms a');
    });
  });
});
