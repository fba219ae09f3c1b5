import { NEVER, of, throwError } from 'rxjs';
import { optional$ } from '../../../lib/runnables/internal/optional';
import { marbles } from '../../support/marbles';
import { watch } from '../../support/run-events';

describe('optional$', () => {
  const value = { a: 1 };

  it.each([
    [value, value],
    [undefined, undefined],
    [of(value, { a: 2 }), value],
    [of(), undefined],
  ])('of %p', (made, result) => {
    expect(watch(optional$(() => made))).toMatchObject({ values: [result], ended: 'complete' });
  });

  it('waits for a promise', async () => {
    const run = watch(optional$(() => Promise.resolve(value)));
    await Promise.resolve().then(() => undefined);
    expect(run).toMatchObject({ values: [value], ended: 'complete' });
  });

  it('fails as the hook does', () => {
    const error = new Error('broken');
    const throwing = () => {
      throw error;
    };
    expect(watch(optional$(throwing)).ended).toEqual({ error });
    expect(watch(optional$(() => throwError(() => error))).ended).toEqual({ error });
  });

  it('unsubscribes with the subscriber, and at the first value', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const later$ = hot('--a--b', { a: value, b: value });
      expectObservable(optional$(() => later$)).toBe('--(a|)', { a: value });
      expectSubscriptions(later$.subscriptions).toBe(['^-!', '^!']);
      expectObservable(
        optional$(() => later$),
        '^!',
      ).toBe('-');
    });
    expect(watch(optional$(() => NEVER)).values).toEqual([]);
  });
});
