import { describeValue } from '../../core/internal/describe-value.js';

/** One frame of an event stream: an event, a comment, or both. */
export interface SseFrame {
  /** Its lines become one `data:` line each. */
  data?: string;
  id?: string;
  event?: string;
  /** Milliseconds that a client shall wait before it connects again. */
  retry?: number;
  comment?: string;
}

/**
 * The text of a frame on the wire, including its blank line.
 *
 * Throws a `TypeError` for an `event` or `id` of more than one line or 256 characters, and for a `retry` that is not a
 * whole number. A line end in one of them would let its author inject a field or an event.
 *
 * @example
 * encodeFrame({ event: 'end', id: '3', data: '{}' }) // => 'event: end\nid: 3\ndata: {}\n\n'
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html | WHATWG HTML, server-sent events}
 */
export function encodeFrame({ event, id, retry, data, comment }: SseFrame): string {
  let text = '';
  if (comment !== undefined) text += lines('', comment);
  if (event !== undefined) text += `event: ${oneLine('event', event)}\n`;
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`;
  if (retry !== undefined) text += `retry: ${count(retry)}\n`;
  if (data !== undefined) text += lines('data', data);
  return `${text}\n`;
}

function lines(field: string, value: string): string {
  // JSON, above all, is one.
  if (!value.includes('\n') && !value.includes('\r')) return `${field}: ${value}\n`;
  return value
    .split(/\r\n|\r|\n/)
    .map((line) => `${field}: ${line}\n`)
    .join('');
}

/** More than a name or a place in a stream takes; and proxies count what headers a client sends. */
const MOST = 256;

/** @internal A field's value, if it is one line of text, and no long one. */
export function oneLine(name: string, value: string): string {
  if (typeof value === 'string' && value.length <= MOST && !/[\r\n\0]/.test(value)) return value;
  throw new TypeError(
    `the ${name} of an event must be one line of text of at most ${MOST} characters, got ${describeValue(value)}`,
  );
}

function count(retry: number): string {
  if (Number.isSafeInteger(retry) && retry >= 0) return String(retry);
  throw new TypeError(
    `the retry of an event must be a number of milliseconds, got ${describeValue(retry)}`,
  );
}
