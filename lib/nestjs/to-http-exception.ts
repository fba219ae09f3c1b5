import { HttpException } from '@nestjs/common';
import { safeError, type SafeError, statusOf } from '../sse/frames/safe-error.js';

/** A response of Express, Fastify or Node whose headers can be set. */
export interface ResponseWithHeaders {
  readonly headersSent?: boolean;
  setHeader?(name: string, value: string): unknown;
  header?(name: string, value: string): unknown;
}

/** @internal The body of an answer that fails with this error. */
export function bodyOf(
  error: unknown,
  status: number,
): SafeError & { readonly statusCode: number } {
  return { statusCode: status, ...safeError(error) };
}

/** @internal The value of its `retry-after`, if it says when to try again. */
export function retryAfterOf(error: unknown): string | undefined {
  const { retryAfterMs } = safeError(error);
  return retryAfterMs === undefined ? undefined : String(Math.ceil(retryAfterMs / 1000));
}

/**
 * @internal The exception that Nest answers with the status of an error: 429, 503, 504, else 502; its body says no more
 * than a client may know. `retry-after` is set on the response. Errors that are none of rxlm's stay what they are.
 */
export function toHttpException(
  error: unknown,
  response: ResponseWithHeaders | undefined,
): unknown {
  const status = statusOf(error);
  if (status === undefined) return error;
  const seconds = retryAfterOf(error);
  // Where an interceptor is at work, Nest has sent them.
  if (seconds !== undefined && response?.headersSent !== true) {
    if (response?.setHeader === undefined) response?.header?.('retry-after', seconds);
    else response.setHeader('retry-after', seconds);
  }
  return new HttpException(bodyOf(error, status), status, { cause: error });
}
