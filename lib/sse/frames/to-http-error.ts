import { safeError, statusOf } from './safe-error.js';

/** What a server answers instead of a stream that failed before it had begun. */
export interface HttpError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON: `{ "error": { name, code, message, retryable, … } }`. */
  readonly body: string;
}

/**
 * The HTTP answer for an error: 429 with `retry-after`, 503 where the model is overloaded, 504 for a timeout, 502 for
 * whatever else went wrong with the provider (a key that it refuses is the server's, not the client's), 400 for input that
 * a runnable refuses when it is asked for a run, what an error says that brings a status for the client (`expose`, as those
 * of `http-errors`), else 500. The body says what a client has to know, never what the error says.
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
