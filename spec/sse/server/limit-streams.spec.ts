import { catchError, NEVER, of, throwError } from 'rxjs';
import { limitStreams } from '../../../lib/sse/server/limit-streams.js';
import { toHttpError } from '../../../lib/sse/frames/to-http-error.js';
import { TestScheduler } from 'rxjs/testing';

describe('limitStreams', () => {
  it('counts all that are subscribed, until they complete, error or are unsubscribed', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ cold, expectObservable, expectSubscriptions }) => {
      const limit = limitStreams(1);
      const [completes, errors, left, refused] = [
        cold('a-|'),
        cold('b-#'),
        cold('c--'),
        cold('d--'),
      ];
      expectObservable(limit(completes)).toBe('a-|');
      expectObservable(limit(errors), '---^').toBe('---b-#');
      expectObservable(limit(left), '------^-!').toBe('------c--');
      const answered$ = limit(refused).pipe(
        catchError((error: unknown) => of(toHttpError(error).status)),
      );
      expectObservable(answered$, '-------^').toBe('-------(s|)', { s: 429 });
      expectObservable(limit(refused), '---------^!').toBe('---------d-');
      expectSubscriptions(refused.subscriptions).toBe('---------^!');
    });
  });

  it('says when to try again', () => {
    const limit = limitStreams(1, { retryAfterMs: 5000 });
    limit(NEVER).subscribe();
    limit(of(1)).subscribe({
      error: (error: unknown) => {
        expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
        expect(toHttpError(error).headers).toMatchObject({ 'retry-after': '5' });
      },
    });
    expect.assertions(2);
  });

  it('gives the place of a source that throws back', () => {
    const limit = limitStreams(1);
    for (let n = 0; n < 3; n += 1)
      limit(throwError(() => 'mine')).subscribe({
        error: (error) => {
          expect(error).toBe('mine');
        },
      });
    expect.assertions(3);
  });

  it.each([0, NaN, '5', undefined])('refuses the limit %p', (max) => {
    expect(() => limitStreams(max as never)).toThrow(TypeError);
  });
});
