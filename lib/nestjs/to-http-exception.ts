import { HttpException } from '@nestjs/common';
import { safeError, statusOf } from '../sse/frames/safe-error.js';

/** A response of Express, Fastify or Node whose headers can be set. */
export interface ResponseWithHeaders {
  readonly headersSent?: boolean;
  setHeader?(name: string, value: string): unknown;
  header?(name: string, value: string): unknown;
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
  const told = safeError(error);
  const { retryAfterMs } = told;
  // Where an interceptor is at work, Nest has sent them.
  if (retryAfterMs !== undefined && response?.headersSent !== true) {
    const seconds = String(Math.ceil(retryAfterMs / 1000));
    if (response?.setHeader === undefined) response?.header?.('retry-after', seconds);
    else response.setHeader('retry-after', seconds);
  }
  return new HttpException({ statusCode: status, ...told }, status, { cause: error });
}
