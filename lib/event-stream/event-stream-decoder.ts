import { describeValue } from '../core/describe-value.js';
import { flatText } from '../core/flat-text.js';
import { unifyLineEnds } from './unify-line-ends.js';

/** Told synchronously, in the order of the stream. */
export interface EventStreamHandlers {
  /**
   * An event. `name` is `message` where the stream gives none, `data` has its lines joined by `\n`, and `id` is the
   * last one that the stream gave, `''` before there was any.
   */
  event(name: string, data: string, id: string): void;
  /** The milliseconds that a client shall wait before it connects again, as large as the server likes. */
  retry?(ms: number): void;
  /** A comment, of any text: a sign of life. */
  comment?(): void;
  /**
   * A short way to read the event that a stream mostly consists of. Asked where an event begins, at `start` of `text`: it
   * tells that one by itself if it knows it to the byte, blank line included and no longer than `maxSize`, and gives
   * where the next one begins; -1 leaves it to `event`. With it, the beginning of an event waits for more text for a while.
   */
  shortcut?(text: string, start: number, maxSize: number): number;
}

export interface EventStreamDecoderOptions {
  /**
   * Characters (UTF-16 code units) of one event: its data as it stands behind the first `data: `, and the line that is
   * being read. @defaultValue 8 Mi
   */
  readonly maxEventSize?: number | undefined;
}

/** What there is of an event at the end of a stream, without the blank line that would have made it one. */
export interface UnterminatedEvent {
  readonly name: string;
  readonly data: string;
}

export interface EventStreamDecoder {
  /** The id of the last block that had one, with or without data: what a client sends as `Last-Event-ID`. */
  readonly lastEventId: string;

  /** Reads on, in pieces cut anywhere. */
  feed(text: string): void;

  /**
   * Ends the stream, and gives what there is of an event that lacks its blank line. It counts for nothing by itself;
   * whoever can tell complete data from data that was cut short may still use it.
   */
  end(): UnterminatedEvent | undefined;

  /** Nothing more is told, not even of the text that is being fed. */
  stop(): void;
}

const SPACE = 0x20;
const COLON = 0x3a;

/** The beginning of an event that waits for the rest is no longer: the shortcut is for short ones. */
const MAX_HELD = 1024;

/** Lines are counted as they stand, whatever they turn out to be; what stands before the first data is free. */
const EMPTY = -'data: '.length;

/**
 * Decodes an event stream (`text/event-stream`, "SSE"): text goes in, events come out by callback as soon as their
 * blank line is there, the same ones however the text is cut. Bytes become text by
 * `new TextDecoder('utf-8', { ignoreBOM: true })`: a byte order mark is seen to here.
 *
 * `feed` throws a `RangeError` as soon as an event is larger than `maxEventSize`, also while its end has not come. It
 * throws what a handler throws. Either way, as after `stop` and `end`, nothing more is read.
 *
 * @example
 * const decoder = eventStreamDecoder({ event: (name, data) => console.log(name, data) });
 * decoder.feed('event: greeting\ndata: hel');
 * decoder.feed('lo\n\n'); // prints: greeting hello
 * decoder.end(); // => undefined
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html | WHATWG HTML, server-sent events}
 */
export function eventStreamDecoder(
  handlers: EventStreamHandlers,
  { maxEventSize = 8 * 1024 * 1024 }: EventStreamDecoderOptions = {},
): EventStreamDecoder {
  if (!(maxEventSize > 0)) {
    throw new TypeError(
      `maxEventSize must be a number above 0, not ${describeValue(maxEventSize)}`,
    );
  }
  const unify = unifyLineEnds();
  const maxHeld = Math.min(MAX_HELD, maxEventSize);
  /** The beginning of an event, for the shortcut; or else the beginning of a line. */
  let held = '';
  let pending = '';
  let name = '';
  let data: string | undefined;
  let size = EMPTY;
  let id = '';
  let lastEventId = '';
  let stopped = false;
  let shortcut = handlers.shortcut?.bind(handlers);

  const read = (text: string): void => {
    let start = 0;
    while (!stopped) {
      if (shortcut !== undefined && isEventStart()) {
        start = readShort(shortcut, text, start);
        if (isStopped()) return;
        if (text.length - start < maxHeld && !text.includes('\n\n', start)) {
          held = text.slice(start);
          return;
        }
      }
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      if (pending === '') readLine(text, start, end);
      else {
        const line = pending + text.slice(start, end);
        pending = '';
        readLine(line, 0, line.length);
      }
      start = end + 1;
    }
    if (stopped) return;
    // Nobody looks into a line before its end has come, so that appending stays free.
    pending += text.slice(start);
    checkSize(pending.length);
  };

  /** Whether nothing is known yet of the event that comes next. */
  const isEventStart = () =>
    pending === '' && data === undefined && name === '' && id === lastEventId;

  /** Reads the events that the shortcut knows, and gives where the first other one begins. */
  const readShort = (
    shortcut: NonNullable<EventStreamHandlers['shortcut']>,
    text: string,
    from: number,
  ): number => {
    let start = from;
    while (start < text.length && !stopped) {
      const next = shortcut(text, start, maxEventSize);
      if (next < 0) break;
      start = next;
    }
    return start;
  };

  // A handler may stop it: the flag is read anew after each call.
  const isStopped = () => stopped;

  const readLine = (text: string, start: number, end: number): void => {
    if (start === end) {
      dispatch();
      return;
    }
    checkSize(end - start);
    let value: string | undefined;
    if ((value = fieldValue('data', text, start, end)) !== undefined) {
      data = data === undefined ? value : data + flatText(`\n${value}`);
      size += end - start;
    } else if ((value = fieldValue('event', text, start, end)) !== undefined) {
      name = value;
    } else if ((value = fieldValue('id', text, start, end)) !== undefined) {
      if (!value.includes('\0')) id = value;
    } else if ((value = fieldValue('retry', text, start, end)) !== undefined) {
      if (/^[0-9]+$/.test(value)) handlers.retry?.(Number(value));
    } else if (text.charCodeAt(start) === COLON) {
      handlers.comment?.();
    }
  };

  const dispatch = (): void => {
    const event = takeEvent();
    lastEventId = id;
    if (event !== undefined) handlers.event(event.name, event.data, id);
  };

  const takeHeld = (): string => {
    const text = held;
    held = '';
    return text;
  };

  const takeEvent = (): UnterminatedEvent | undefined => {
    const event = data === undefined ? undefined : { name: name || 'message', data };
    name = '';
    data = undefined;
    size = EMPTY;
    return event;
  };

  const checkSize = (lineLength: number): void => {
    if (size + lineLength > maxEventSize) {
      throw new RangeError(`an event of the stream is larger than ${maxEventSize} characters`);
    }
  };

  const stop = (): void => {
    stopped = true;
    held = '';
    pending = '';
    takeEvent();
  };

  return {
    get lastEventId() {
      return lastEventId;
    },
    feed(text) {
      if (stopped) return;
      try {
        read(takeHeld() + unify(text));
      } catch (error) {
        stop();
        throw error;
      }
    },
    end() {
      shortcut = undefined;
      read(takeHeld());
      // The last line may have been cut: only of data can the caller see whether it was.
      const last = fieldValue('data', pending, 0, pending.length);
      if (last !== undefined) data = data === undefined ? last : `${data}\n${last}`;
      const event = takeEvent();
      stop();
      return event;
    },
    stop,
  };
}

/** The value of the line from `start` to `end` (what follows the colon and one space), if that is its field. */
function fieldValue(field: string, text: string, start: number, end: number): string | undefined {
  for (let i = 0; i < field.length; i++) {
    if (text.charCodeAt(start + i) !== field.charCodeAt(i)) return undefined;
  }
  const colon = start + field.length;
  if (colon === end) return '';
  if (text.charCodeAt(colon) !== COLON) return undefined;
  return text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end);
}
