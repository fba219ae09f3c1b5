import { ANTHROPIC_ERRORS } from '../../lib/anthropic/internal/errors';
import { ProviderErrors, type ReportedError } from '../../lib/http/provider-errors';

const errors = new ProviderErrors('anthropic', ANTHROPIC_ERRORS);
const providerError = (said: ReportedError) => errors.reported(said);
const modelError = errors.fail;

describe('ProviderErrors.reported', () => {
  it.each([
    [400, 'invalid_request_error', 'invalid_request', false],
    [401, 'authentication_error', 'unauthorized', false],
    [402, 'billing_error', 'forbidden', false],
    [403, 'permission_error', 'forbidden', false],
    [404, 'not_found_error', 'not_found', false],
    [408, 'timeout_error', 'server_error', true],
    [413, 'request_too_large', 'too_large', false],
    [422, undefined, 'invalid_request', false],
    [429, 'rate_limit_error', 'rate_limited', true],
    [500, 'api_error', 'server_error', true],
    [502, undefined, 'server_error', true],
    [503, undefined, 'server_error', true],
    [504, undefined, 'server_error', true],
    [529, 'overloaded_error', 'overloaded', true],
    [418, undefined, 'invalid_request', false],
  ])('%d %s is %s, retryable: %p', (status, type, code, retryable) => {
    expect(providerError({ status, type })).toMatchObject({
      status,
      code,
      retryable,
      provider: 'anthropic',
    });
  });

  it('gives an error inside of a response the status that stands for it', () => {
    expect(providerError({ type: 'overloaded_error', message: 'Overloaded' })).toMatchObject({
      code: 'overloaded',
      status: 529,
      retryable: true,
      type: 'overloaded_error',
    });
  });

  it('says what, where and what to do next', () => {
    expect(
      providerError({
        status: 529,
        type: 'overloaded_error',
        message: 'Overloaded',
        requestId: 'req_1',
      }).message,
    ).toBe('anthropic: overloaded (529, overloaded_error, req_1): Overloaded. Try again later.');
  });

  it('is never long, whatever the provider says', () => {
    expect(
      providerError({ status: 503, message: 'x'.repeat(100_000) }).message.length,
    ).toBeLessThan(2048);
  });

  it('lets x-should-retry overrule the status', () => {
    expect(providerError({ status: 503, shouldRetry: false }).retryable).toBe(false);
    expect(providerError({ status: 400, shouldRetry: true }).retryable).toBe(true);
  });
});

describe('what a provider says', () => {
  it('ends in one full stop', () => {
    expect(providerError({ status: 400, message: 'No such model.' }).message).toBe(
      'anthropic: invalid_request (400): No such model. Change the request.',
    );
  });
});

describe('ProviderErrors.fail', () => {
  it('is an error of this provider', () => {
    expect(modelError('redirect', 'no', { status: 307 })).toMatchObject({
      provider: 'anthropic',
      code: 'redirect',
      status: 307,
      retryable: false,
      message: 'anthropic: no',
    });
  });
});
