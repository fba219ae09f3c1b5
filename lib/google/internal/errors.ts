import type { ErrorTable } from '../../http/provider-errors.js';

/** What Google calls the failure of an answer that the model has begun; the same request may succeed. */
const FAILED_ANSWER = {
  code: 'server_error',
  status: 500,
  retryable: true,
  advice: 'Try again.',
} as const;

/** @internal Google's names for errors: the `status` of an error, or the `finishReason` of an answer that failed. */
export const GOOGLE_ERRORS: ErrorTable = {
  // A wrong key is a 400 that has only the name of any invalid request.
  API_KEY_INVALID: {
    code: 'unauthorized',
    status: 400,
    advice: 'Check the API key.',
    text: /api key (not valid|expired|not found)/i,
  },
  CONTEXT_OVERFLOW: {
    code: 'context_overflow',
    status: 400,
    advice: 'Send less: trim the messages.',
    text: /token count( (of )?\(?\d{1,20}\)?)? exceeds the maximum|exceeds the maximum number of tokens/i,
  },
  INVALID_ARGUMENT: { code: 'invalid_request', status: 400 },
  FAILED_PRECONDITION: {
    code: 'invalid_request',
    status: 400,
    advice: "Check the project's billing and region.",
  },
  OUT_OF_RANGE: { code: 'invalid_request', status: 400 },
  UNAUTHENTICATED: { code: 'unauthorized', status: 401, advice: 'Check the API key or the token.' },
  PERMISSION_DENIED: {
    code: 'forbidden',
    status: 403,
    advice: 'Check what the API key or the token may do.',
  },
  NOT_FOUND: {
    code: 'not_found',
    status: 404,
    advice: "Check the model's name and the base URL.",
  },
  RESOURCE_EXHAUSTED: {
    code: 'rate_limited',
    status: 429,
    retryable: true,
    advice: 'Wait, or send less at once.',
  },
  INTERNAL: FAILED_ANSWER,
  UNKNOWN: FAILED_ANSWER,
  UNAVAILABLE: { code: 'overloaded', status: 503, retryable: true, advice: 'Try again later.' },
  DEADLINE_EXCEEDED: {
    code: 'server_error',
    status: 504,
    retryable: true,
    advice: 'Try again, or send less.',
  },
  MALFORMED_FUNCTION_CALL: FAILED_ANSWER,
  MALFORMED_RESPONSE: FAILED_ANSWER,
  UNEXPECTED_TOOL_CALL: FAILED_ANSWER,
  TOO_MANY_TOOL_CALLS: FAILED_ANSWER,
  MISSING_THOUGHT_SIGNATURE: {
    code: 'invalid_request',
    status: 400,
    advice: 'Send the messages of the model back as they came.',
  },
};
