import { asyncScheduler, defer, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ModelError } from '../../../lib/errors/model-error';
import { type AttemptRetry, retryAttempts } from '../../../lib/http/internal/retry-attempts';

const overloaded = () =>
  new ModelError('busy', { code: 'overloaded', provider: 'p', retryable: true, retryAfterMs: 500 });
const wrong = () => new ModelError('no', { code: 'invalid_request', provider: 'p' });
const inMarbles = (run: Parameters<TestScheduler['run']>[0]) => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(run);
};

describe('retryAttempts', () => {
  it('repeats after the time that is asked for, and reports each attempt', () => {
    inMarbles(({ expectObservable, flush }) => {
      const retries: AttemptRetry[] = [];
      let attempts = 0;
      const source = defer(() => ((attempts += 1) < 3 ? throwError(overloaded) : of('a')));
      expectObservable(
        source.pipe(retryAttempts(2, asyncScheduler, (retry) => retries.push(retry))),
      ).toBe('1000ms (a|)');
      flush();
      expect(retries).toMatchObject([
        { attempt: 1, delayMs: 500, error: { code: 'overloaded' } },
        { attempt: 2, delayMs: 500 },
      ]);
    });
  });

  it.each([
    ['an error that nothing helps', wrong, 1],
    ['an error of something else', () => new Error('x'), 1],
  ])('passes %s on at once', (_, make, attempts) => {
    inMarbles(({ cold, expectObservable, expectSubscriptions }) => {
      const error = make();
      const source = cold('#', {}, error);
      const report = jest.fn();
      expectObservable(source.pipe(retryAttempts(5, asyncScheduler, report))).toBe('#', {}, error);
      expectSubscriptions(source.subscriptions).toBe(Array(attempts).fill('(^!)'));
    });
  });

  it('waits no longer when it is unsubscribed', () => {
    inMarbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('#', {}, overloaded());
      expectObservable(
        source.pipe(retryAttempts(5, asyncScheduler, () => undefined)),
        '100ms !',
      ).toBe('');
      expectSubscriptions(source.subscriptions).toBe(['(^!)']);
    });
  });
});
