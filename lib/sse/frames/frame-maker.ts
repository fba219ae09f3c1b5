import { type FrameOptions } from './frame-options.js';
import { safeError } from './safe-error.js';
import { safeEvent } from './safe-event.js';
import { oneLine, type SseFrame } from './sse-frame.js';

/** @internal Makes the frames of one stream: JSON as data, and an id on each. */
export class FrameMaker<T> {
  #index = 0;
  /** The last id that `options.id` gave: the frame behind it is no place of its own to go on from. */
  #lastId: string | undefined;
  readonly #options: Pick<FrameOptions<T>, 'event' | 'id' | 'data' | 'end'>;

  constructor(options: Pick<FrameOptions<T>, 'event' | 'id' | 'data' | 'end'>) {
    this.#options = options;
  }

  /** The frame of a value. A value that was merged of `count` values has the number of the last of them. */
  value(value: T, count = 1): SseFrame {
    const { event, id, data } = this.#options;
    this.#index += count;
    return this.#frame(
      typeof event === 'function' ? event(value) : event,
      safeEvent(data === undefined ? value : data(value)),
      id?.(value, this.#index - 1),
    );
  }

  /** The last frame of a stream that was complete, if it has one. */
  end(): SseFrame[] {
    const { end } = this.#options;
    if (end === undefined || end === false) return [];
    if (typeof end === 'object') return [end];
    this.#index += 1;
    return [this.#frame(end, {})];
  }

  error(error: unknown): SseFrame {
    this.#index += 1;
    return this.#frame('error', safeError(error));
  }

  #frame(event: string | undefined, data: unknown, id?: string): SseFrame {
    if (id !== undefined) this.#lastId = oneLine('id', id);
    const frame: SseFrame = {
      id: this.#lastId ?? String(this.#index),
      // No newline is in it, nor a lone surrogate; what JSON has no word for is null, as in an array.
      data: stringify(data) ?? 'null',
    };
    if (event !== undefined) frame.event = oneLine('event', event);
    return frame;
  }
}

/** As it is: what JSON has no word for gives nothing. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;
