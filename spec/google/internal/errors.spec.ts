import { GOOGLE_ERRORS } from '../../../lib/google/internal/errors';
import { ProviderErrors } from '../../../lib/http/provider-errors';

const errors = new ProviderErrors('google', GOOGLE_ERRORS);

describe("Google's errors", () => {
  it.each([
    ['INVALID_ARGUMENT', 400, 'invalid_request', false],
    ['UNAUTHENTICATED', 401, 'unauthorized', false],
    ['PERMISSION_DENIED', 403, 'forbidden', false],
    ['NOT_FOUND', 404, 'not_found', false],
    ['RESOURCE_EXHAUSTED', 429, 'rate_limited', true],
    ['INTERNAL', 500, 'server_error', true],
    ['UNAVAILABLE', undefined, 'overloaded', true],
    ['DEADLINE_EXCEEDED', 504, 'server_error', true],
    ['MALFORMED_FUNCTION_CALL', undefined, 'server_error', true],
    ['MISSING_THOUGHT_SIGNATURE', undefined, 'invalid_request', false],
    ['constructor', 400, 'invalid_request', false],
  ])('%s with status %s is %s', (type, status, code, retryable) => {
    expect(errors.reported({ type, status, message: 'x' })).toMatchObject({ code, retryable });
  });

  it.each([
    ['API key not valid. Please pass a valid API key.', 'unauthorized'],
    ['API key expired. Please renew the API key.', 'unauthorized'],
    [
      'The input token count (1250074) exceeds the maximum number of tokens allowed (1048576).',
      'context_overflow',
    ],
    ['Please use a valid role: user, model.', 'invalid_request'],
  ])('of one name are kept apart by their text: %s', (message, code) => {
    const said = { type: 'INVALID_ARGUMENT', status: 400, message };
    expect(errors.reported(said)).toMatchObject({ code, status: 400 });
  });
});
