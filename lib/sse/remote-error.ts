import { ModelError, type ModelErrorCode, type ModelErrorOptions } from '../errors/model-error.js';
import { ParseError } from '../errors/parse-error.js';
import { RxlmError, type TimeoutPhase } from '../errors/rxlm-error.js';
import { ToolError } from '../errors/tool-error.js';
import type { SafeError } from './safe-error.js';

/** @internal An error of the way to a remote run. */
export function remoteError(
  code: ModelErrorCode,
  message: string,
  options: Partial<ModelErrorOptions> = {},
): ModelError {
  return new ModelError(`remote: ${message}`, { ...options, code, provider: 'remote' });
}

/** @internal The error that a server has told, of the kind that it was there. */
export function reviveError(told: Partial<SafeError>): RxlmError {
  const { name, code = 'internal', message = 'The remote run failed.' } = told;
  switch (name) {
    case 'ModelError':
      return new ModelError(message, {
        code: code as ModelErrorCode,
        provider: told.provider ?? 'remote',
        status: told.status,
        retryable: told.retryable === true,
        retryAfterMs: told.retryAfterMs,
        phase: told.phase as TimeoutPhase | undefined,
      });
    case 'ParseError':
      return new ParseError(message, { code: code as ParseError['code'], text: '' });
    case 'ToolError':
      return new ToolError(message, { code: code as ToolError['code'], tool: '' });
    default:
      return new RxlmError(message, { code, phase: told.phase as TimeoutPhase | undefined });
  }
}

const CODES: Readonly<Record<number, ModelErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'rate_limited',
  503: 'overloaded',
  529: 'overloaded',
};

/** @internal The error of a response that is none of success: what its body tells, or else what its status says. */
export function errorOfStatus(
  status: number,
  body: string,
  retryAfterMs: number | undefined,
): RxlmError {
  const told = errorIn(body);
  if (told !== undefined) return reviveError({ retryAfterMs, ...told, status } as SafeError);
  const code = CODES[status] ?? (status < 500 ? 'invalid_request' : 'server_error');
  const retryable = status === 429 || status >= 500;
  return remoteError(code, `answered ${String(status)}`, { status, retryable, retryAfterMs });
}

function errorIn(body: string): Partial<SafeError> | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: Partial<SafeError> };
    return typeof error?.code === 'string' && typeof error.message === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
