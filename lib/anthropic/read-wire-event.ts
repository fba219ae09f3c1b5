import type { ModelError } from '../errors/model-error.js';
import { readErrorBody } from './open-response.js';
import type { Secrets } from './secrets.js';
import { modelError, providerError } from './to-model-error.js';
import { KNOWN_EVENTS, type WireEvent } from './wire.js';

/** What an event of the stream is to its reader. */
export type ReadEvent =
  | { readonly kind: 'message'; readonly event: WireEvent }
  | { readonly kind: 'ping' }
  | { readonly kind: 'error'; readonly error: ModelError }
  | { readonly kind: 'unknown'; readonly event: unknown };

const PING: ReadEvent = { kind: 'ping' };

/**
 * @internal Reads one event of the stream. Its type is the one in its JSON, or else the event's name. What nobody knows
 * is `unknown`, JSON or not; JSON that is broken where it is known throws `bad_stream` and says nothing of the data.
 */
export function readWireEvent(name: string, data: string, secrets: Secrets): ReadEvent {
  const event = parse(data);
  if (event === undefined) {
    if (name === 'error')
      return { kind: 'error', error: providerError(readErrorBody(secrets.scrub(data))) };
    if (name !== '' && name !== 'message' && !KNOWN_EVENTS.has(name))
      return { kind: 'unknown', event: secrets.scrub(data) };
    throw modelError('bad_stream', 'the stream is broken: an event is no valid JSON');
  }
  const type = typeof event.type === 'string' ? event.type : name;
  if (type === 'ping') return PING;
  if (type === 'error') return { kind: 'error', error: errorOf(secrets.scrub(data)) };
  if (!KNOWN_EVENTS.has(type)) return { kind: 'unknown', event: parse(secrets.scrub(data)) };
  // Only what the provider says about the message: the message itself is never altered.
  const said =
    type === 'message_start' || type === 'message_delta' ? parse(secrets.scrub(data)) : event;
  return { kind: 'message', event: (said?.type === type ? said : { ...said, type }) as WireEvent };
}

function parse(data: string): { readonly type?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function errorOf(data: string): ModelError {
  const { request_id: requestId } = (parse(data) ?? {}) as { request_id?: string };
  return providerError({ ...readErrorBody(data), requestId });
}
