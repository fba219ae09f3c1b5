import { ProviderErrors } from '../../../lib/http/provider-errors';
import { OPENAI_ERRORS } from '../../../lib/openai/internal/errors';

const errors = new ProviderErrors('openai', OPENAI_ERRORS);

describe("OpenAI's errors", () => {
  it.each([
    ['insufficient_quota', 429, 'rate_limited', false],
    ['rate_limit_exceeded', undefined, 'rate_limited', true],
    ['server_error', undefined, 'server_error', true],
    ['invalid_api_key', undefined, 'unauthorized', false],
    ['constructor', 400, 'invalid_request', false],
  ])('%s with status %s is %s', (type, status, code, retryable) => {
    expect(errors.reported({ type, status, message: 'x' })).toMatchObject({
      code,
      retryable,
      provider: 'openai',
    });
  });
});
