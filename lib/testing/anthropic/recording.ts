import { readFileSync } from 'node:fs';
import type { WireEvent } from './wire-event.js';

/** A wire event with its time: `at` is milliseconds since its response began. */
export interface TimedEvent {
  readonly at: number;
  readonly event: WireEvent;
}

/** A wire event of a recording, bare or with its time. */
export type RecordedEvent = WireEvent | TimedEvent;

/**
 * The wire events of a response, in order, each bare or with its time: `{ at, event }`.
 * An array of plain wire events is a recording; so is what {@link readRecording} reads from a file.
 */
export type Recording = readonly RecordedEvent[];

export const isRecording = (value: unknown): value is Recording => Array.isArray(value);

export const isTimed = (recorded: RecordedEvent): recorded is TimedEvent =>
  !Object.hasOwn(recorded, 'type');

export const eventOf = (recorded: RecordedEvent): WireEvent =>
  isTimed(recorded) ? recorded.event : recorded;

/**
 * The recording written in `text`, one event a line: either the wire event itself,
 * `{"type":"ping"}`, or the event with its time, `{"at":120,"event":{"type":"ping"}}`,
 * where `at` is milliseconds since its response began (in a file of several messages the time
 * starts anew with each). Blank lines are skipped.
 *
 * A line that is neither throws an `Error` that names `source` and the line's number.
 */
export function parseRecording(text: string, source = 'recording'): Recording {
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [parseLine(line, `${source}:${index + 1}`)],
    );
}

/**
 * The recording in the file at `path` (`*.ndjson`); {@link parseRecording} tells the format.
 *
 * A file may hold the messages of a whole conversation; {@link splitMessages} takes it apart.
 *
 * @example
 * const server = await startReplayServer({ recordings: splitMessages(readRecording('chat.ndjson')) });
 */
export function readRecording(path: string | URL): Recording {
  return parseRecording(readFileSync(path, 'utf8'), String(path));
}

/**
 * The messages of a recording, each a recording of its own: the answers to the successive requests
 * of one conversation. A `message_start` after a `message_stop` or an `error` begins the next;
 * a `message_start` inside a message that is still open (a repeated or a spliced one) stays in it.
 */
export function splitMessages(recording: Recording): Recording[] {
  const messages: RecordedEvent[][] = [];
  let message: RecordedEvent[] | undefined;
  let ended = false;
  for (const recorded of recording) {
    const { type } = eventOf(recorded);
    if (!message || (ended && type === 'message_start')) {
      message = [];
      messages.push(message);
      ended = false;
    }
    message.push(recorded);
    ended ||= type === 'message_stop' || type === 'error';
  }
  return messages;
}

function parseLine(line: string, where: string): RecordedEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Error(`${where} is not JSON`, { cause });
  }
  if (isWireEvent(value) || isTimedEvent(value)) return value;
  throw new Error(`${where} is neither a wire event with a "type" nor {"at": ms, "event": {…}}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isWireEvent(value: unknown): value is WireEvent {
  return isObject(value) && Object.hasOwn(value, 'type') && typeof value['type'] === 'string';
}

function isTimedEvent(value: unknown): value is TimedEvent {
  return isObject(value) && Number.isFinite(value['at']) && isWireEvent(value['event']);
}
