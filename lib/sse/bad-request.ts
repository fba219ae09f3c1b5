/**
 * @internal What somebody has asked for and cannot be meant: a `TypeError` that Express and Fastify answer with 400, and
 * without its stack.
 */
export function badRequest(message: string, cause?: unknown): TypeError {
  const error = new TypeError(message, cause === undefined ? undefined : { cause });
  const status = { value: 400, enumerable: false };
  return Object.defineProperties(error, { status, statusCode: status });
}
