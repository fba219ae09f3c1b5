import {
  eventStreamDecoder,
  type EventStreamDecoderOptions,
  type UnterminatedEvent,
} from '../../lib/event-stream/event-stream-decoder.js';
import type { ToldEvent } from './event-stream-cases.js';

/** All that a decoder reported of one stream. */
export interface Decoded {
  readonly events: ToldEvent[];
  readonly retries: number[];
  comments: number;
  lastEventId: string;
  rest: UnterminatedEvent | undefined;
}

export function decodeText(pieces: Iterable<string>, options?: EventStreamDecoderOptions): Decoded {
  const decoded: Decoded = {
    events: [],
    retries: [],
    comments: 0,
    lastEventId: '',
    rest: undefined,
  };
  const decoder = eventStreamDecoder(
    {
      event: (...event) => decoded.events.push(event),
      retry: (ms) => decoded.retries.push(ms),
      comment: () => decoded.comments++,
    },
    options,
  );
  for (const piece of pieces) decoder.feed(piece);
  decoded.rest = decoder.end();
  decoded.lastEventId = decoder.lastEventId;
  return decoded;
}

export function decodeBytes(pieces: readonly Uint8Array[]): Decoded {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts = pieces.map((piece) => utf8.decode(piece, { stream: true }));
  return decodeText([...texts, utf8.decode()]);
}
