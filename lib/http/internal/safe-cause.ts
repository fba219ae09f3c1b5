import type { Secrets } from '../secrets.js';

/**
 * @internal What may be the cause of another error: of this one its name, message, code and stack, unless they show a secret.
 * What else it carries, the bytes that could not be read for one, may show it in a way of its own, and `inspect` prints
 * causes, hidden or not.
 */
export function safeCause(error: unknown, secrets: Secrets): unknown {
  const { name, message, code, stack } = Object(error) as Partial<NodeJS.ErrnoException>;
  const shown = `${String(error)}${String(code)}${String(stack)}`;
  if (secrets.scrub(shown) !== shown) return undefined;
  if (typeof error !== 'object' || message === undefined) return error;
  const fields = Object.entries({ name, code, stack }).filter(([, value]) => value !== undefined);
  return Object.defineProperties(
    new Error(message),
    Object.fromEntries(
      fields.map(([key, value]) => [key, { value, enumerable: key === 'code', writable: true }]),
    ),
  );
}
