import { describeValue } from '../../core/internal/describe-value.js';

/** @internal Headers that keep proxies from caching, changing or buffering a stream. */
export const SSE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/**
 * @internal Headers as any server takes them: read once, names in lower case. Throws a `TypeError` that names a header which no
 * server takes; its value may be a secret, and is not shown.
 */
export function checkHeaders(
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  if (typeof (headers as unknown) !== 'object' || (headers as unknown) === null)
    throw new TypeError(`headers must be an object, got ${describeValue(headers)}`);
  if (Array.isArray(headers) || typeof (headers as { entries?: unknown }).entries === 'function')
    throw new TypeError('headers must be a plain object: pass Object.fromEntries(headers)');
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    const key = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || FRAMING.has(key))
      throw new TypeError(`headers must not have the name ${describeValue(name)}`);
    if (typeof value !== 'string')
      throw new TypeError(
        `the header ${describeValue(name)} must be a string, got ${value === null ? 'null' : typeof value}`,
      );
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new TypeError(
        `the header ${describeValue(name)} must have no line ends, control characters or characters beyond Latin-1`,
      );
    checked[key] = value;
  }
  return checked;
}

/** What frames a body is the server's to say. */
const FRAMING: ReadonlySet<string> = new Set([
  '__proto__',
  'content-length',
  'transfer-encoding',
  'content-encoding',
]);
