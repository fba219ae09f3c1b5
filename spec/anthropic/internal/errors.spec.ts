import { ANTHROPIC_ERRORS, modelError } from '../../../lib/anthropic/internal/errors';
import { ProviderErrors } from '../../../lib/http/provider-errors';

describe("Anthropic's errors", () => {
  const errors = new ProviderErrors('anthropic', ANTHROPIC_ERRORS);

  it('stand for a status of their own where they come inside of a stream', () => {
    const told = Object.keys(ANTHROPIC_ERRORS).map((type) => errors.reported({ type }));
    expect(told.map(({ status }) => status)).toEqual([
      400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 529,
    ]);
    expect(told.filter(({ retryable }) => retryable).map(({ type }) => type)).toEqual([
      'timeout_error',
      'conflict_error',
      'rate_limit_error',
      'api_error',
      'overloaded_error',
    ]);
  });

  it('of rxlm’s own carry the provider’s name', () => {
    expect(modelError('redirect', 'no')).toMatchObject({
      provider: 'anthropic',
      message: 'anthropic: no',
    });
  });
});
