import type { Secrets } from '../../http/secrets.js';
import {
  ModelError,
  type ModelErrorCode,
  type ModelErrorOptions,
} from '../../errors/model-error.js';
import { ParseError } from '../../errors/parse-error.js';
import { RxlmError, type TimeoutPhase } from '../../errors/rxlm-error.js';
import { ToolError } from '../../errors/tool-error.js';
import type { SafeError } from '../frames/safe-error.js';

/** @internal An error of the way to a remote run. */
export function remoteError(
  code: ModelErrorCode,
  message: string,
  options: Partial<ModelErrorOptions> = {},
): ModelError {
  return new ModelError(`remote: ${message}`, { ...options, code, provider: 'remote' });
}

/**
 * @internal The error that a server has reported, of the same class. It is untrusted: fields of another type are left out,
 * and secrets of the request are removed. `known` is used for what the server does not say.
 */
export function reviveError(
  told: unknown,
  secrets: Secrets,
  known: Pick<ModelErrorOptions, 'status' | 'retryAfterMs'> = {},
): RxlmError {
  const fields = Object(told) as Readonly<Record<keyof SafeError, unknown>>;
  const message =
    typeof fields.message === 'string' ? secrets.scrub(fields.message) : 'The remote run failed.';
  const [name, code, provider, phase] = [
    fields.name,
    fields.code,
    fields.provider,
    fields.phase,
  ].map((value) => (typeof value === 'string' && WORD.test(value) ? value : undefined));
  const [status, retryAfterMs] = [
    fields.status ?? known.status,
    fields.retryAfterMs ?? known.retryAfterMs,
  ].map((value) => (Number.isFinite(value) && (value as number) >= 0 ? value : undefined));
  const options = {
    code: (code ?? 'server_error') as ModelErrorCode,
    provider: provider ?? 'remote',
    status: status as number | undefined,
    retryable: fields.retryable === true,
    retryAfterMs: retryAfterMs as number | undefined,
    phase: phase as TimeoutPhase | undefined,
  };
  switch (name) {
    case 'ModelError':
      return new ModelError(message, options);
    case 'ParseError':
      return new ParseError(message, { code: code as ParseError['code'], text: '' });
    case 'ToolError':
      return new ToolError(message, { code: code as ToolError['code'], tool: '' });
    default:
      return new RxlmError(message, { ...options, code: code ?? 'internal' });
  }
}

/** What codes and names are. */
const WORD = /^[\w.-]{1,64}$/;

const CODES: Readonly<Record<number, ModelErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'server_error',
  413: 'too_large',
  429: 'rate_limited',
  503: 'overloaded',
  529: 'overloaded',
};

/** @internal The error of a response without success, read from its body, otherwise from its status. */
export function errorOfStatus(
  status: number,
  body: string,
  retryAfterMs: number | undefined,
  secrets: Secrets,
): RxlmError {
  const told = errorIn(body);
  if (told !== undefined) return reviveError(told, secrets, { status, retryAfterMs });
  const code = CODES[status] ?? (status < 500 ? 'invalid_request' : 'server_error');
  const retryable = code === 'rate_limited' || code === 'overloaded' || code === 'server_error';
  return remoteError(code, `answered ${String(status)}`, { status, retryable, retryAfterMs });
}

/** Of a server of rxlm, which Nest answers with as it is: others have their own ideas of what an error is. */
function errorIn(body: string): unknown {
  try {
    const json = JSON.parse(body) as { error?: Partial<SafeError> } & Partial<SafeError>;
    const error = json.error ?? json;
    return [error.name, error.code, error.message].every((field) => typeof field === 'string')
      ? error
      : undefined;
  } catch {
    return undefined;
  }
}
