import { ModelError, type ModelErrorCode, type ModelErrorOptions } from '../errors/model-error.js';

export const PROVIDER = 'anthropic';

/** What a provider says of an error, as far as it does; its texts come without secrets. */
export interface ProviderError {
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** `x-should-retry`, which overrules what the status says. */
  readonly shouldRetry?: boolean | undefined;
}

/** What the handler of an error has to know of it, by status and by the provider's name for it. */
const KINDS: readonly {
  status: number;
  type: string;
  code: ModelErrorCode;
  retryable: boolean;
  advice: string;
}[] = [
  {
    status: 400,
    type: 'invalid_request_error',
    code: 'invalid_request',
    retryable: false,
    advice: 'Change the request.',
  },
  {
    status: 401,
    type: 'authentication_error',
    code: 'unauthorized',
    retryable: false,
    advice: 'Check the API key.',
  },
  {
    status: 402,
    type: 'billing_error',
    code: 'forbidden',
    retryable: false,
    advice: "Check the account's billing.",
  },
  {
    status: 403,
    type: 'permission_error',
    code: 'forbidden',
    retryable: false,
    advice: 'Check what the API key may do.',
  },
  {
    status: 404,
    type: 'not_found_error',
    code: 'not_found',
    retryable: false,
    advice: "Check the model's name and the base URL.",
  },
  {
    status: 408,
    type: 'timeout_error',
    code: 'server_error',
    retryable: true,
    advice: 'Try again.',
  },
  {
    status: 409,
    type: 'conflict_error',
    code: 'server_error',
    retryable: true,
    advice: 'Try again.',
  },
  {
    status: 413,
    type: 'request_too_large',
    code: 'too_large',
    retryable: false,
    advice: 'Send less.',
  },
  {
    status: 422,
    type: 'unprocessable_entity_error',
    code: 'invalid_request',
    retryable: false,
    advice: 'Change the request.',
  },
  {
    status: 429,
    type: 'rate_limit_error',
    code: 'rate_limited',
    retryable: true,
    advice: 'Wait, or send less at once.',
  },
  { status: 500, type: 'api_error', code: 'server_error', retryable: true, advice: 'Try again.' },
  {
    status: 529,
    type: 'overloaded_error',
    code: 'overloaded',
    retryable: true,
    advice: 'Try again later.',
  },
];

const MAX_MESSAGE = 1024;

/** @internal The typed error for what the provider said, in a response's status and body or in an `error` event. */
export function providerError(said: ProviderError): ModelError {
  const kind =
    KINDS.find(({ type }) => type === said.type) ??
    KINDS.find(({ status }) => status === said.status) ??
    ((said.status ?? 500) < 500
      ? {
          code: 'invalid_request' as const,
          retryable: false,
          advice: 'Change the request.',
          status: 400,
        }
      : { code: 'server_error' as const, retryable: true, advice: 'Try again.', status: 500 });
  const status = said.status ?? kind.status;
  const name = [String(status), said.type, said.requestId]
    .filter((part) => part !== undefined)
    .join(', ');
  const message = (said.message ?? '').slice(0, MAX_MESSAGE);
  return new ModelError(
    `${PROVIDER}: ${kind.code} (${name})${message === '' ? '' : `: ${message}`}. ${kind.advice}`,
    {
      code: kind.code,
      provider: PROVIDER,
      status,
      type: said.type,
      requestId: said.requestId,
      retryable: said.shouldRetry ?? kind.retryable,
      retryAfterMs: said.retryAfterMs,
    },
  );
}

/** @internal A typed error of rxlm's own about a call of this provider. */
export function modelError(
  code: ModelErrorCode,
  message: string,
  options: Partial<ModelErrorOptions> = {},
): ModelError {
  return new ModelError(`${PROVIDER}: ${message}`, { ...options, code, provider: PROVIDER });
}
