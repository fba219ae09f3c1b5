import type { ErrorTable } from '../../http/provider-errors.js';

/** How OpenAI, Groq, vLLM, DeepSeek, OpenRouter, xAI, Mistral and llama.cpp say that a prompt is too long. */
const TOO_LONG =
  /maximum (context|prompt) length|^(?=.*exceed).*context (window|length|size)|reduce the length of the messages/is;

/** @internal OpenAI's names for errors, by `type` or `code`, and those of servers that speak its dialect. */
export const OPENAI_ERRORS: ErrorTable = {
  invalid_request_error: { code: 'invalid_request', status: 400 },
  context_length_exceeded: {
    code: 'context_overflow',
    status: 400,
    advice: 'Send less: trim the messages.',
    text: TOO_LONG,
  },
  exceed_context_size_error: {
    code: 'context_overflow',
    status: 400,
    advice: 'Send less: trim the messages.',
  },
  content_filter: { code: 'invalid_request', status: 400, advice: 'Change the prompt.' },
  authentication_error: { code: 'unauthorized', status: 401, advice: 'Check the API key.' },
  invalid_api_key: { code: 'unauthorized', status: 401, advice: 'Check the API key.' },
  permission_error: { code: 'forbidden', status: 403, advice: 'Check what the API key may do.' },
  not_found_error: {
    code: 'not_found',
    status: 404,
    advice: "Check the model's name and the base URL.",
  },
  model_not_found: { code: 'not_found', status: 404, advice: "Check the model's name." },
  insufficient_quota: {
    code: 'rate_limited',
    status: 429,
    retryable: false,
    advice: "Check the account's billing.",
  },
  rate_limit_exceeded: {
    code: 'rate_limited',
    status: 429,
    retryable: true,
    advice: 'Wait, or send less at once.',
  },
  rate_limit_error: {
    code: 'rate_limited',
    status: 429,
    retryable: true,
    advice: 'Wait, or send less at once.',
  },
  server_error: { code: 'server_error', status: 500, retryable: true, advice: 'Try again.' },
  api_error: { code: 'server_error', status: 500, retryable: true, advice: 'Try again.' },
  internal_server_error: {
    code: 'server_error',
    status: 500,
    retryable: true,
    advice: 'Try again.',
  },
  overloaded_error: {
    code: 'overloaded',
    status: 529,
    retryable: true,
    advice: 'Try again later.',
  },
  service_unavailable: {
    code: 'overloaded',
    status: 503,
    retryable: true,
    advice: 'Try again later.',
  },
};
