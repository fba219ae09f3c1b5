import { describeValue } from '../../core/internal/describe-value.js';
import { checkFrameOptions, type FrameOptions } from '../frames/frame-options.js';

/** How a stream is sent to a client. */
export interface SseOptions<T> extends Omit<FrameOptions<T>, 'errors'> {
  /**
   * The largest number of characters that may wait for a slow client while the source has no backpressure, such as a run that
   * others share. With one more the connection is closed; a single value may have any size. Pieces of the same text are
   * merged first. The last id that the client has seen says where it was.
   *
   * @defaultValue 262,144
   */
  readonly maxBuffered?: number | undefined;
  /** Milliseconds that a client may take nothing while something waits; then its connection is closed. @defaultValue 60_000 */
  readonly stallMs?: number | undefined;
}

const BUFFERED = 256 * 1024;
const STALL_MS = 60_000;

/** @internal The options with their defaults. Throws a `TypeError` that names the invalid option. */
export function checkSseOptions<T>(options: SseOptions<T>) {
  const checked = checkFrameOptions(options);
  const { maxBuffered = BUFFERED, stallMs = STALL_MS } = options;
  for (const [name, value] of Object.entries({ maxBuffered, stallMs })) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  return Object.assign(checked, { maxBuffered, stallMs });
}
