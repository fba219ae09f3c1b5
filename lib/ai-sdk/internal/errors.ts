import type { ErrorTable } from '../../http/provider-errors.js';

const OVERLOADED = {
  code: 'overloaded',
  status: 529,
  retryable: true,
  advice: 'Try again later.',
} as const;
const FAILED = {
  code: 'server_error',
  status: 500,
  retryable: true,
  advice: 'Try again.',
} as const;
const TOO_MANY = {
  code: 'rate_limited',
  status: 429,
  retryable: true,
  advice: 'Wait, or send less at once.',
} as const;
const WRONG_KEY = { code: 'unauthorized', status: 401, advice: 'Check the API key.' } as const;

/** @internal The names that providers give to errors inside a stream, where the AI SDK passes them as they are. */
export const AI_SDK_ERRORS: ErrorTable = {
  overloaded_error: OVERLOADED,
  UNAVAILABLE: OVERLOADED,
  serviceUnavailableException: OVERLOADED,
  api_error: FAILED,
  server_error: FAILED,
  INTERNAL: FAILED,
  internalServerException: FAILED,
  modelStreamErrorException: FAILED,
  rate_limit_error: TOO_MANY,
  rate_limit_exceeded: TOO_MANY,
  RESOURCE_EXHAUSTED: TOO_MANY,
  throttlingException: TOO_MANY,
  insufficient_quota: { ...TOO_MANY, retryable: false, advice: "Check the account's billing." },
  authentication_error: WRONG_KEY,
  invalid_api_key: WRONG_KEY,
  AI_LoadAPIKeyError: WRONG_KEY,
  permission_error: {
    code: 'forbidden',
    status: 403,
    advice: 'Check what the API key may do.',
  },
  invalid_request_error: { code: 'invalid_request', status: 400 },
  INVALID_ARGUMENT: { code: 'invalid_request', status: 400 },
  validationException: { code: 'invalid_request', status: 400 },
  AI_NoSuchModelError: { code: 'not_found', status: 404, advice: "Check the model's name." },
};
