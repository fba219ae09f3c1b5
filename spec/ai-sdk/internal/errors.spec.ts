import { AI_SDK_ERRORS } from '../../../lib/ai-sdk/internal/errors';
import { ProviderErrors } from '../../../lib/http/provider-errors';

const errors = new ProviderErrors('acme', AI_SDK_ERRORS);

it.each([
  ['overloaded_error', 'overloaded', true],
  ['throttlingException', 'rate_limited', true],
  ['insufficient_quota', 'rate_limited', false],
  ['AI_LoadAPIKeyError', 'unauthorized', false],
  ['validationException', 'invalid_request', false],
  ['INTERNAL', 'server_error', true],
])('%s in a stream is %s', (type, code, retryable) => {
  expect(errors.reported({ type, message: 'x' })).toMatchObject({ code, retryable });
});
