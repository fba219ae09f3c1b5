import { safeError, statusOf } from './safe-error.js';

/** What a server answers instead of a stream that failed before it had begun. */
export interface HttpError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON: `{ "error": { name, code, message, retryable, … } }`. */
  readonly body: string;
}

/**
 * The HTTP status, headers and body for an error: 429 with `retry-after`, 503 if the model is overloaded, 504 for a timeout,
 * 502 for other errors of the provider (a key that it refuses belongs to the server), 400 for input that a runnable
 * refuses, the status of an error that exposes one (`expose`, as errors of `http-errors` do), otherwise 500. The body has
 * what a client needs to react, never the text of the error.
 *
 * @example
 * const error = new ModelError('anthropic: …', { code: 'rate_limited', provider: 'anthropic', retryAfterMs: 1500 });
 * toHttpError(error).status // => 429
 * toHttpError(error).headers['retry-after'] // => '2'
 */
export function toHttpError(error: unknown): HttpError {
  const told = safeError(error);
  const status = statusOf(error) ?? 500;
  const { retryAfterMs } = told;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(retryAfterMs === undefined
        ? {}
        : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
      // What is left of the request is not read.
      ...(CUT_OFF.has(status) ? { connection: 'close' } : {}),
    },
    body: JSON.stringify({ error: told }),
  };
}

const CUT_OFF: ReadonlySet<number> = new Set([408, 413]);
