import { attempt } from '../../core/internal/try-or-undefined.js';
import { ModelError } from '../../errors/model-error.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import { isRefusal } from '../server/refusal-brand.js';
import { safeTextOf } from '../ui/ui-error-text.js';

/** The part of an error that a client may see: what it needs to react, without the text of the error. */
export interface SafeError {
  /** The kind of error: `ModelError`, `ParseError`, `ToolError`, `RxlmError`, or `Error` for any other. */
  readonly name: string;
  /** As of `RxlmError`; `internal` for any other error. */
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later, and in how many milliseconds if the provider says so. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** Of a model's error: who answered, with which status. */
  readonly provider?: string;
  readonly status?: number;
  /** Which clock ran out, where `code` is `timeout`. */
  readonly phase?: string;
}

/** @internal Of what was thrown. */
export function safeError(error: unknown): SafeError {
  if (isRefusal(error)) return refusalOf(statusOf(error) ?? 400);
  return attempt(() => safeErrorOf(RxlmError.is(error) ? error : undefined)) ?? safeErrorOf({});
}

/** @internal Reads it from an error of rxlm, or from its plain data in events. Of other errors it shows nothing. */
export function safeErrorOf(error: unknown): SafeError {
  const { name, code, phase, retryable, retryAfterMs, provider, status } = (error ??
    {}) as Readonly<Record<keyof SafeError, unknown>>;
  if (!isWord(name) || !isWord(code) || !KINDS.has(name))
    return { name: 'Error', code: 'internal', message: safeTextOf(''), retryable: false };
  return {
    ...{ name, code, message: safeTextOf(code), retryable: retryable === true },
    // What a provider or a plain object has said may be of any type, and becomes a header.
    ...(isCount(retryAfterMs) && { retryAfterMs }),
    ...(isWord(provider) && { provider }),
    ...(isCount(status) && { status }),
    ...(isWord(phase) && { phase }),
  };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.@/-]{1,64}$/.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** What was wrong with the request, by its kind. */
function refusalOf(status: number): SafeError {
  const [code, message] = REFUSALS.get(status) ?? ['bad_request', 'The request is invalid.'];
  return { name: 'Error', code, message, retryable: status === 408 };
}

const REFUSALS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [401, ['unauthorized', 'Sign in first.']],
  [403, ['forbidden', 'The request is not allowed from here.']],
  [404, ['not_found', 'There is no such run.']],
  [405, ['method', 'The method is not allowed here.']],
  [408, ['timeout', 'The request came too slowly.']],
  [409, ['gap', 'There is no such place in this run. Join it from its beginning.']],
  [413, ['too_large', 'The request is too large.']],
  [415, ['content_type', 'The request must be JSON.']],
]);

/** The names of rxlm's errors; the events of other errors show no code. */
const KINDS: ReadonlySet<string> = new Set(['RxlmError', 'ModelError', 'ParseError', 'ToolError']);

/** By the codes that are not the gateway's fault: what a client can act on. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['rate_limited', 429],
  ['overloaded', 503],
  ['timeout', 504],
]);

/**
 * @internal The status of a response that fails with this error: by its kind if it is one of rxlm's, or the one that it brings
 * for the client, as those of `http-errors` do; undefined for any other.
 */
export function statusOf(error: unknown): number | undefined {
  return attempt(() => knownStatusOf(error));
}

function knownStatusOf(error: unknown): number | undefined {
  // A key that the provider refuses belongs to the server, not to the client: 502, as for other failures upstream.
  if (RxlmError.is(error)) return STATUS.get(error.code) ?? (ModelError.is(error) ? 502 : 500);
  const { expose, statusCode } = Object(error) as { expose?: unknown; statusCode?: unknown };
  const isKnown = expose === true && CLIENTS_OWN.test(String(statusCode));
  return isKnown ? Number(statusCode) : undefined;
}

const CLIENTS_OWN = /^4\d\d$/;
