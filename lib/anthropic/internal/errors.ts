import { type ErrorTable, ProviderErrors } from '../../http/provider-errors.js';

/** @internal The name of the provider, for errors and `ls_provider`. */
export const PROVIDER = 'anthropic';

/**
 * @internal The names of the API for errors.
 *
 * @see https://platform.claude.com/docs/en/api/errors
 */
export const ANTHROPIC_ERRORS: ErrorTable = {
  invalid_request_error: { code: 'invalid_request', status: 400, advice: 'Change the request.' },
  context_overflow: {
    code: 'context_overflow',
    status: 400,
    advice: 'Send less: trim the messages, or lower maxTokens.',
    // The latter is what Bedrock says.
    text: /prompt is too long|exceed context limit|input is too long for requested model/i,
  },
  authentication_error: { code: 'unauthorized', status: 401, advice: 'Check the API key.' },
  billing_error: { code: 'forbidden', status: 402, advice: "Check the account's billing." },
  permission_error: { code: 'forbidden', status: 403, advice: 'Check what the API key may do.' },
  not_found_error: {
    code: 'not_found',
    status: 404,
    advice: "Check the model's name and the base URL.",
  },
  timeout_error: { code: 'server_error', status: 408, retryable: true, advice: 'Try again.' },
  conflict_error: { code: 'server_error', status: 409, retryable: true, advice: 'Try again.' },
  request_too_large: { code: 'too_large', status: 413, advice: 'Send less.' },
  unprocessable_entity_error: {
    code: 'invalid_request',
    status: 422,
    advice: 'Change the request.',
  },
  rate_limit_error: {
    code: 'rate_limited',
    status: 429,
    retryable: true,
    advice: 'Wait, or send less at once.',
  },
  api_error: { code: 'server_error', status: 500, retryable: true, advice: 'Try again.' },
  overloaded_error: {
    code: 'overloaded',
    status: 529,
    retryable: true,
    advice: 'Try again later.',
  },
};

/** @internal A typed error of rxlm's own about a call of this provider. */
export const modelError = /* @__PURE__ */ new ProviderErrors(PROVIDER, ANTHROPIC_ERRORS).fail;
