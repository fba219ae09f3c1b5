import { attempt } from '../../core/internal/try-or-undefined.js';
import { isRecord } from '../../core/internal/is-record.js';
import { parseEvent } from '../../http/decoder/event-json.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import type { DecoderContext } from '../../http/decoder/stream-decoder.js';

/** @internal Whether an event is the end marker of a stream; some servers write a space behind it. */
export function isDone(data: string): boolean {
  return data.startsWith('[DONE]') && data.trim() === '[DONE]';
}

/**
 * @internal Returns the object of an event; undefined for an event without content: empty, `null`, or a ping. Throws what
 * the server reports in an `error` event, whose data may be plain text, and in an array with one error.
 */
export function readEvent(name: string, data: string, context: DecoderContext): Json | undefined {
  if (name === 'ping') return undefined;
  if (name === 'error')
    throw context.reported(attempt(() => parseEvent(data, context)) ?? { error: data.trim() });
  if (data.trim() === '') return undefined;
  const event = parseEvent(data, context);
  if (event === null) return undefined;
  if (isRecord(event)) return event;
  // Google's servers report some errors so.
  const [only] = Array.isArray(event) ? (event as unknown[]) : [];
  if (isRecord(only) && hasError(only)) throw context.reported(only);
  throw context.fail('bad_stream', 'the stream is broken: an event is no object');
}

/** @internal Whether a part of an event holds an error; some servers send an empty one with every event. */
export function hasError(part: Json): boolean {
  return Boolean(part['error']);
}

/**
 * @internal Whether an event that says nothing of an answer is an error without `error`, as vLLM, FastAPI and proxies
 * write it.
 */
export function isBareError(event: Json): boolean {
  const { object, type } = event;
  if (object === 'error' || type === 'error') return true;
  if (type !== undefined || object !== undefined) return false;
  return ['message', 'detail', 'errors'].some(
    (key) => nonEmpty(event[key]) !== undefined || Array.isArray(event[key]),
  );
}
