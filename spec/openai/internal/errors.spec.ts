import { ProviderErrors } from '../../../lib/http/provider-errors';
import { OPENAI_ERRORS } from '../../../lib/openai/internal/errors';

const errors = new ProviderErrors('openai', OPENAI_ERRORS);

describe("OpenAI's errors", () => {
  it.each([
    ['insufficient_quota', 429, 'rate_limited', false],
    ['rate_limit_exceeded', undefined, 'rate_limited', true],
    ['server_error', undefined, 'server_error', true],
    ['invalid_api_key', undefined, 'unauthorized', false],
    ['context_length_exceeded', 400, 'context_overflow', false],
    ['exceed_context_size_error', 400, 'context_overflow', false],
    ['constructor', 400, 'invalid_request', false],
  ])('%s with status %s is %s', (type, status, code, retryable) => {
    expect(errors.reported({ type, status, message: 'x' })).toMatchObject({
      code,
      retryable,
      provider: 'openai',
    });
  });

  it('have a code that is more precise than their type', () => {
    const said = { type: 'invalid_request_error', code: 'context_length_exceeded', status: 400 };
    expect(errors.reported(said)).toMatchObject({
      code: 'context_overflow',
      type: 'invalid_request_error',
    });
    expect(errors.reported({ ...said, code: 'unknown' }).code).toBe('invalid_request');
  });

  it.each([
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
    "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
    'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
    'Please reduce the length of the messages or completion.',
    'the request exceeds the available context size. try increasing the context size',
  ])('are known by their text where a server has no name for them: %s', (message) => {
    expect(errors.reported({ status: 400, message }).code).toBe('context_overflow');
  });

  it('are not taken for that where they only speak of a context', () => {
    const message = 'tools[0].function: context is not a parameter';
    expect(errors.reported({ status: 400, message }).code).toBe('invalid_request');
  });
});
