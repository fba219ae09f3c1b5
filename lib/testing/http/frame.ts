import { seededRandom, type Random } from './seeded-random.js';

/** An event of a stream: its data is the whole of it, its name is its type. */
export interface TypedEvent {
  readonly type: string;
}

const encoder = new TextEncoder();

/** The text of a frame: an `event:` line, a `data:` line with `data` as it is, a blank line. */
export const frameText = (type: string, data: string): string =>
  `event: ${type}\ndata: ${data}\n\n`;

/**
 * The bytes of one event as the service sends them: `event:` line, compact JSON with 0 to 15 spaces
 * before its last brace (so that the length of a frame does not tell the length of a token), blank line.
 */
export function encodeFrame(event: TypedEvent, random: Random): Uint8Array {
  const json = JSON.stringify(event);
  const padding = ' '.repeat(Math.floor(random() * 16));
  return encoder.encode(frameText(event.type, `${json.slice(0, -1)}${padding}}`));
}

/** The bytes of a whole body; the same for the same events, unless `random` says otherwise. */
export function encodeBody(
  events: Iterable<TypedEvent>,
  random: Random = seededRandom(),
): Uint8Array {
  return Buffer.concat(Array.from(events, (event) => encodeFrame(event, random)));
}
