import { flatText } from '../core/internal/flat-text.js';
import type { EventStreamDecoder, UnterminatedEvent } from './event-stream-decoder.js';

/**
 * @internal Decodes lines of JSON (`application/x-ndjson`): each line that is not blank is an event named `message`.
 *
 * `feed` throws a `RangeError` as soon as a line is longer than `maxEventSize`.
 *
 * @see https://github.com/ndjson/ndjson-spec
 */
export class LineEventDecoder implements EventStreamDecoder {
  readonly lastEventId = '';
  readonly #onEvent: (name: string, data: string) => void;
  readonly #maxEventSize: number;
  #pending = '';
  #stopped = false;

  constructor(onEvent: (name: string, data: string) => void, maxEventSize: number) {
    this.#onEvent = onEvent;
    this.#maxEventSize = maxEventSize;
  }

  feed(text: string): void {
    let start = 0;
    for (let end; !this.#stopped && (end = text.indexOf('\n', start)) >= 0; start = end + 1)
      this.#emit(this.#take(text.slice(start, end)));
    if (!this.#stopped) this.#pending += flatText(text.slice(start));
    this.#check(this.#pending);
  }

  end(): UnterminatedEvent | undefined {
    const data = this.#take('').trim();
    this.stop();
    return data === '' ? undefined : { name: 'message', data };
  }

  stop(): void {
    this.#stopped = true;
    this.#pending = '';
  }

  #take(rest: string): string {
    const line = this.#pending + rest;
    this.#pending = '';
    return line;
  }

  #emit(line: string): void {
    this.#check(line);
    const data = line.trim();
    if (data !== '') this.#onEvent('message', data);
  }

  #check(line: string): void {
    if (line.length <= this.#maxEventSize) return;
    this.stop();
    throw new RangeError(`a line is longer than ${String(this.#maxEventSize)} characters`);
  }
}
