import { attempt } from '../../core/internal/try-or-undefined.js';
import type { ModelError } from '../../errors/model-error.js';
import { JsonDepth } from '../../json/internal/json-depth.js';
import { badStream } from './bad-stream.js';
import type { DecoderContext } from '../../http/decoder/stream-decoder.js';
import { modelError } from '../internal/errors.js';
import { KNOWN_EVENTS, type WireEvent } from './wire.js';

/** What an event of the stream is to its reader. */
export type ReadEvent =
  | { readonly kind: 'message'; readonly event: WireEvent }
  | { readonly kind: 'ping' }
  | { readonly kind: 'error'; readonly error: ModelError }
  | { readonly kind: 'unknown'; readonly event: unknown };

const PING: ReadEvent = { kind: 'ping' };

/** What nests deeper can be parsed, but not be serialised again. */
const MAX_DEPTH = 1000;

/**
 * @internal Reads one event of the stream. Its type is the one in its JSON, or else the event's name. What nobody knows
 * is `unknown`, JSON or not; JSON that is broken where it is known throws `bad_stream` and says nothing of the data.
 */
export function readWireEvent(name: string, data: string, context: DecoderContext): ReadEvent {
  const isDeep = nestsTooDeep(data);
  const json = isDeep ? undefined : attempt(() => JSON.parse(data) as unknown);
  const event = isObject(json) ? json : undefined;
  const type = typeof event?.type === 'string' ? event.type : name;
  if (type === 'error' || name === 'error') return { kind: 'error', error: context.reported(data) };
  if (type === 'ping' || (type === NAMELESS && data.trim() === '')) return PING;
  const isKnown = KNOWN_EVENTS.has(type);
  // Without a name and broken, it may have been anything.
  if (isKnown ? event === undefined : type === NAMELESS && json === undefined)
    throw isDeep
      ? modelError('limit', `an event nests deeper than ${String(MAX_DEPTH)}`)
      : badStream('an event is no valid JSON');
  if (!isKnown)
    return { kind: 'unknown', event: isDeep ? context.scrub(data) : withoutSecrets(data, context) };
  // Only what the provider says about the message: the message itself is never altered.
  const said =
    type === 'message_start' || type === 'message_delta'
      ? withoutSecrets(data, context, event)
      : event;
  return {
    kind: 'message',
    event: (event?.type === type ? said : { ...(said as object), type }) as WireEvent,
  };
}

/** The name of an event that the stream gives none. */
const NAMELESS = 'message';

/** As JSON where it is JSON: what is escaped shows only then. */
function withoutSecrets(
  data: string,
  { scrub }: DecoderContext,
  parsed: unknown = attempt(() => JSON.parse(data) as unknown),
): unknown {
  return scrub(parsed ?? data);
}

function nestsTooDeep(data: string): boolean {
  // It takes two characters a level, and most events have not as many.
  if (data.length < 2 * MAX_DEPTH) return false;
  const depth = new JsonDepth();
  depth.add(data);
  return depth.max > MAX_DEPTH;
}

function isObject(value: unknown): value is { readonly type?: unknown } {
  return typeof value === 'object' && value !== null;
}
