import { describeValue } from '../core/internal/describe-value.js';
import { flatText } from '../core/internal/flat-text.js';
import type { EventStreamHandlers } from './event-stream-handlers.js';
import { unifyLineEnds } from './unify-line-ends.js';

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

/** Decodes an event stream that arrives in pieces, see {@link eventStreamDecoder}. */
export interface EventStreamDecoder {
  /** The id of the last block that had one, with or without data: what a client sends as `Last-Event-ID`. */
  readonly lastEventId: string;

  /** Reads on, in pieces cut anywhere. */
  feed(text: string): void;

  /**
   * Ends the stream, and gives what there is of an event that lacks its blank line. It counts for nothing by itself;
   * a caller that can distinguish complete data from cut data may still use it.
   */
  end(): UnterminatedEvent | undefined;

  /** No handler is called any more, not even for the text that is being fed. */
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
  return new LineDecoder(handlers, maxEventSize);
}

/** A class, where closures would do: a thousand streams that wait have a thousand of everything. */
class LineDecoder implements EventStreamDecoder {
  lastEventId = '';
  readonly #handlers: EventStreamHandlers;
  readonly #maxEventSize: number;
  readonly #unify = unifyLineEnds();
  /** The beginning of an event, for the shortcut; or else the beginning of a line. */
  #held = '';
  #pending = '';
  #name = '';
  #data: string | undefined;
  #size = EMPTY;
  #id = '';
  #stopped = false;
  #ending = false;

  constructor(handlers: EventStreamHandlers, maxEventSize: number) {
    this.#handlers = handlers;
    this.#maxEventSize = maxEventSize;
  }

  feed(text: string): void {
    if (this.#stopped) return;
    try {
      this.#read(this.#takeHeld() + this.#unify(text));
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  end(): UnterminatedEvent | undefined {
    this.#ending = true;
    this.#read(this.#takeHeld());
    // The last line may have been cut: only of data can the caller see whether it was.
    const last = fieldValue('data', this.#pending, 0, this.#pending.length);
    if (last !== undefined) this.#data = this.#data === undefined ? last : `${this.#data}\n${last}`;
    const event = this.#takeEvent();
    this.stop();
    return event;
  }

  stop(): void {
    this.#stopped = true;
    this.#held = '';
    this.#pending = '';
    this.#takeEvent();
  }

  #read(text: string): void {
    let start = 0;
    while (!this.#stopped) {
      if (this.#handlers.shortcut !== undefined && !this.#ending && this.#isEventStart()) {
        start = this.#readShort(text, start);
        if (this.#mayHold(text, start)) {
          this.#held = text.slice(start);
          return;
        }
        if (this.#isStopped()) return;
      }
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      if (this.#pending === '') this.#readLine(text, start, end);
      else {
        const line = this.#pending + text.slice(start, end);
        this.#pending = '';
        this.#readLine(line, 0, line.length);
      }
      start = end + 1;
    }
    if (this.#stopped) return;
    // Nobody looks into a line before its end has come, so that appending stays free.
    this.#pending += text.slice(start);
    this.#checkSize(this.#pending.length);
  }

  /** A handler may stop it: the flag is read anew after each call. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** Whether nothing is known yet of the event that comes next. */
  #isEventStart(): boolean {
    return (
      this.#pending === '' &&
      this.#data === undefined &&
      this.#name === '' &&
      this.#id === this.lastEventId
    );
  }

  /** Reads the events that the shortcut knows, and gives where the first other one begins. */
  #readShort(text: string, from: number): number {
    const handlers = this.#handlers;
    const maxEventSize = this.#maxEventSize;
    let start = from;
    while (start < text.length && !this.#stopped) {
      const next = handlers.shortcut?.(text, start, maxEventSize) ?? -1;
      if (next < 0) break;
      start = next;
    }
    return start;
  }

  #mayHold(text: string, start: number): boolean {
    return (
      !this.#stopped &&
      text.length - start < Math.min(MAX_HELD, this.#maxEventSize) &&
      !text.includes('\n\n', start)
    );
  }

  #takeHeld(): string {
    const text = this.#held;
    this.#held = '';
    return text;
  }

  #readLine(text: string, start: number, end: number): void {
    if (start === end) {
      this.#dispatch();
      return;
    }
    this.#checkSize(end - start);
    let value: string | undefined;
    if ((value = fieldValue('data', text, start, end)) !== undefined) {
      this.#data = this.#data === undefined ? value : this.#data + flatText(`\n${value}`);
      this.#size += end - start;
    } else if ((value = fieldValue('event', text, start, end)) !== undefined) {
      this.#name = value;
    } else if ((value = fieldValue('id', text, start, end)) !== undefined) {
      if (!value.includes('\0')) this.#id = value;
    } else if ((value = fieldValue('retry', text, start, end)) !== undefined) {
      if (/^[0-9]+$/.test(value)) this.#handlers.retry?.(Number(value));
    } else if (text.charCodeAt(start) === COLON) {
      this.#handlers.comment?.();
    }
  }

  #dispatch(): void {
    const event = this.#takeEvent();
    this.lastEventId = this.#id;
    if (event !== undefined) this.#handlers.event(event.name, event.data, this.#id);
  }

  #takeEvent(): UnterminatedEvent | undefined {
    const name = this.#name;
    const data = this.#data;
    this.#name = '';
    this.#data = undefined;
    this.#size = EMPTY;
    return data === undefined ? undefined : { name: name || 'message', data };
  }

  #checkSize(lineLength: number): void {
    if (this.#size + lineLength > this.#maxEventSize) {
      throw new RangeError(
        `an event of the stream is larger than ${this.#maxEventSize} characters`,
      );
    }
  }
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
