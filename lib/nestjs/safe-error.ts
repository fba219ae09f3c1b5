import { ModelError } from '../errors/model-error.js';
import { RxlmError } from '../errors/rxlm-error.js';
import { safeErrorText } from '../sse/ui-error-text.js';

/** What a client is told of an error: what it has to know to go on, and nothing that the error says. */
export interface SafeError {
  /** As of `RxlmError`; `internal` for any other error. */
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later, and in how many milliseconds if the provider says so. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/** @internal */
export function safeError(error: unknown): SafeError {
  const code = RxlmError.is(error) ? error.code : 'internal';
  const { retryable = false, retryAfterMs } = ModelError.is(error) ? error : {};
  const message = safeErrorText(error);
  return { code, message, retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** By the codes that are not the gateway's fault: what a client can act on. */
const STATUS: Readonly<Record<string, number>> = {
  rate_limited: 429,
  overloaded: 503,
  timeout: 504,
};

/** @internal The status of a response that fails with this error; undefined for an error that is none of rxlm's. */
export function statusOf(error: unknown): number | undefined {
  if (!RxlmError.is(error)) return undefined;
  // A key that the provider refuses is the server's, not the client's: 502, as for whatever else went wrong upstream.
  return STATUS[error.code] ?? (ModelError.is(error) ? 502 : 500);
}
