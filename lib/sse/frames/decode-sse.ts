import { concatMap, defer, endWith, type OperatorFunction } from 'rxjs';
import {
  eventStreamDecoder,
  type EventStreamDecoderOptions,
} from '../../event-stream/event-stream-decoder.js';
import { utf8Decoder } from '../../event-stream/utf8-decoder.js';

/** An event of a stream as a client sees it. */
export interface SseEvent {
  /** `message` where the stream gives none. */
  readonly event: string;
  readonly data: string;
  /** The last id that the stream gave; `''` before there was any. */
  readonly id: string;
}

/**
 * Emits the events of an event stream that comes as bytes or text, in pieces cut anywhere. Comments are passed over, and an
 * event that lacks its blank line at the end is none. Errors with a `RangeError` for an event of more than `maxEventSize`
 * characters, 8 Mi by default.
 *
 * @example
 * of('data: go', 'ld\n\n').pipe(decodeSse()) // => [{ event: 'message', data: 'gold', id: '' }]
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html | WHATWG HTML, server-sent events}
 */
export function decodeSse(
  options: EventStreamDecoderOptions = {},
): OperatorFunction<Uint8Array | string, SseEvent> {
  return (pieces$) =>
    defer(() => {
      let events: SseEvent[] = [];
      const decode = utf8Decoder();
      const decoder = eventStreamDecoder(
        {
          event: (event, data, id) => {
            events.push({ event, data, id });
          },
        },
        options,
      );
      return pieces$.pipe(
        endWith(undefined),
        concatMap((piece) => {
          decoder.feed(typeof piece === 'string' ? piece : decode(piece));
          const told = events;
          events = [];
          return told;
        }),
      );
    });
}
