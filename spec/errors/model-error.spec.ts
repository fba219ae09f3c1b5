import { inspect } from 'node:util';
import { expectTypeOf } from 'expect-type';
import { ModelError, type ModelErrorCode } from 'rxlm';

describe('ModelError', () => {
  it('says who failed, how, and whether to try again', () => {
    const error = new ModelError('slow down', {
      code: 'rate_limited',
      provider: 'anthropic',
      status: 429,
      type: 'rate_limit_error',
      requestId: 'req_1',
      retryable: true,
      retryAfterMs: 1500,
    });
    expect(error).toMatchObject({
      code: 'rate_limited',
      provider: 'anthropic',
      status: 429,
      type: 'rate_limit_error',
      requestId: 'req_1',
      retryable: true,
      retryAfterMs: 1500,
      emitted: false,
    });
    expectTypeOf(error.code).toEqualTypeOf<ModelErrorCode>();
  });

  it('has no field for what was not said, and is not retryable by itself', () => {
    const error = new ModelError('m', { code: 'truncated', provider: 'p', status: undefined });
    expect(Object.keys(error).sort()).toEqual(['code', 'emitted', 'provider', 'retryable']);
    expect(error.retryable).toBe(false);
    expect('partial' in error).toBe(false);
  });

  it('[4] carries the message so far, which neither JSON nor inspect shows', () => {
    const error = new ModelError('m', { code: 'truncated', provider: 'p' });
    expect(error.after({ text: 'so far' })).toBe(error);
    expect([error.emitted, error.partial]).toEqual([true, { text: 'so far' }]);
    expect(JSON.stringify(error) + inspect(error)).not.toContain('so far');
  });
});
