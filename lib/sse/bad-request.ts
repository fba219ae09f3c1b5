import { toHttpError } from './to-http-error.js';

/**
 * @internal What somebody has asked for and cannot be meant: a `TypeError` that Express, Fastify, Nest and Hono answer with
 * 400, and without its stack.
 */
export function badRequest(message: string, cause?: unknown): TypeError {
  const error = new TypeError(message, cause === undefined ? undefined : { cause });
  const status = { value: 400 };
  const getResponse = {
    value: () => {
      const { body, ...init } = toHttpError(error);
      return new Response(body, init);
    },
  };
  return Object.defineProperties(error, {
    status,
    statusCode: status,
    expose: { value: true },
    getResponse,
  });
}
