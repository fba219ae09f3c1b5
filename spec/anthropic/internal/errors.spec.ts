import { ANTHROPIC_ERRORS, modelError } from '../../../lib/anthropic/internal/errors';
import { ProviderErrors } from '../../../lib/http/provider-errors';

describe("Anthropic's errors", () => {
  const errors = new ProviderErrors('anthropic', ANTHROPIC_ERRORS);

  it('stand for a status of their own where they come inside of a stream', () => {
    const recorded = Object.keys(ANTHROPIC_ERRORS).map((type) => errors.reported({ type }));
    expect(recorded.map(({ status }) => status)).toEqual([
      400, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 529,
    ]);
    expect(recorded.filter(({ retryable }) => retryable).map(({ type }) => type)).toEqual([
      'timeout_error',
      'conflict_error',
      'rate_limit_error',
      'api_error',
      'overloaded_error',
    ]);
  });

  it.each<[string, string]>([
    ['prompt is too long: 210000 tokens > 200000 maximum', 'context_overflow'],
    [
      'input length and `max_tokens` exceed context limit: 199000 + 20000 > 200000, decrease input length or `max_tokens` and try again',
      'context_overflow',
    ],
    ['Input is too long for requested model.', 'context_overflow'],
    ['messages.1.content: the prompt is odd', 'invalid_request'],
  ])('are reported by what they say where they have no name: %s', (message, code) => {
    const error = errors.reported({ type: 'invalid_request_error', status: 400, message });
    expect(error).toMatchObject({ code, status: 400, retryable: false });
  });

  it('are another kind only where the request is invalid', () => {
    const message = 'prompt is too long';
    expect(errors.reported({ type: 'overloaded_error', message }).code).toBe('overloaded');
    expect(errors.reported({ status: 413, message }).code).toBe('context_overflow');
  });

  it('of rxlm’s own carry the provider’s name', () => {
    expect(modelError('redirect', 'no')).toMatchObject({
      provider: 'anthropic',
      message: 'anthropic: no',
    });
  });
});
