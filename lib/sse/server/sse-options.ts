import { describeValue } from '../../core/internal/describe-value.js';
import { checkFrameOptions, type FrameOptions } from '../frames/frame-options.js';

/** How a stream is sent to a client. */
export interface SseOptions<T> extends Omit<FrameOptions<T>, 'errors'> {
  /**
   * Characters that may wait for a slow client while the source cannot be asked to wait (a run that others share, say): one
   * more, and its connection is closed; one value may wait whatever its size. What is more of the same text is merged before
   * that. The last id that the client has seen says where it was.
   *
   * @defaultValue 262,144
   */
  readonly maxBuffered?: number | undefined;
  /** Milliseconds that a client may take nothing while something waits; then its connection is closed. @defaultValue 60_000 */
  readonly stallMs?: number | undefined;
}

const BUFFERED = 256 * 1024;
const STALL_MS = 60_000;

/** @internal The options with their defaults. Throws a `TypeError` that names the one that cannot be meant. */
export function checkSseOptions<T>(options: SseOptions<T>) {
  const checked = checkFrameOptions(options);
  const { maxBuffered = BUFFERED, stallMs = STALL_MS } = options;
  for (const [name, value] of Object.entries({ maxBuffered, stallMs })) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  return Object.assign(checked, { maxBuffered, stallMs });
}
