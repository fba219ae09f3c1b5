import { ModelError, RxlmError } from 'rxlm';
import { errorToJson } from '../../../lib/errors/error-to-json';
import { isCancellation } from '../../../lib/errors/internal/is-cancellation';

describe('isCancellation', () => {
  const cancelled = new RxlmError('the run was cancelled', { code: 'cancelled' });

  it.each([
    ['the reason of a signal', AbortSignal.abort().reason],
    ['a durable run that was cancelled', cancelled],
    ['the same as JSON', JSON.parse(JSON.stringify(errorToJson(cancelled)))],
  ])('is true for %s', (_what, error) => {
    expect(isCancellation(error)).toBe(true);
  });

  it.each([
    ['another code', new RxlmError('lost', { code: 'producer_lost' })],
    [
      'a provider’s error',
      new ModelError('x', { code: 'cancelled' as 'timeout', provider: 'any' }),
    ],
    ['nothing', undefined],
    ['a text', 'cancelled'],
    [
      'what throws when it is looked at',
      Object.defineProperty({}, 'name', {
        get() {
          throw new Error('no');
        },
      }),
    ],
  ])('is false for %s', (_what, error) => {
    expect(isCancellation(error)).toBe(false);
  });
});
