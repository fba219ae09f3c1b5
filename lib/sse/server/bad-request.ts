import { REFUSAL } from './refusal-brand.js';
import { toHttpError } from '../frames/to-http-error.js';

/**
 * @internal A request that is refused with a 4xx status: a `TypeError` that Express, Fastify, Nest and Hono answer with that
 * status. Its stack is no more than its message, for frameworks that show it in development; `cause` has the whole one.
 */
export function refusal(status: number, message: string, cause?: unknown): TypeError {
  const error = new TypeError(message, cause === undefined ? undefined : { cause });
  const own = { value: status };
  const getResponse = {
    value: () => {
      const { body, ...init } = toHttpError(error);
      return new Response(body, init);
    },
  };
  return Object.defineProperties(error, {
    [REFUSAL]: { value: true },
    status: own,
    statusCode: own,
    expose: { value: true },
    stack: { value: `TypeError: ${message}`, configurable: true, writable: true },
    getResponse,
  });
}

/** @internal A request that is refused with 400: its body, or the input in it, is invalid. */
export function badRequest(message: string, cause?: unknown): TypeError {
  return refusal(400, message, cause);
}
