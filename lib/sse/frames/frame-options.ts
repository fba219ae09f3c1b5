import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import type { EdgeErrorHandler } from './edge-errors.js';
import { encodeFrame, oneLine, type SseFrame } from './sse-frame.js';

/** How values become server-sent events. */
export interface FrameOptions<T> {
  /** The `event` of a value's frame. None by default, which `EventSource` calls `message`. */
  readonly event?: string | ((value: T) => string | undefined) | undefined;
  /** What of a value is sent, as JSON. @defaultValue the value */
  readonly data?: ((value: T) => unknown) | undefined;
  /** The id of a value's frame. By default how many values that and those before it amount to: 1, 2, 3, … */
  readonly id?: ((value: T, index: number) => string) | undefined;
  /**
   * `event`: an error becomes one last frame `event: error`, with what a client has to know of it and a text that is safe
   * to show. `throw`: it is passed on.
   *
   * @defaultValue 'event'
   */
  readonly errors?: 'event' | 'throw' | undefined;
  /**
   * The `event` of the last frame of a stream that was complete: a client that sees it need not, and should not, connect
   * again. `false` for none; a frame is sent as it is: `{ data: '[DONE]' }`, say.
   *
   * @defaultValue 'end'
   */
  readonly end?: string | false | SseFrame | undefined;
  /**
   * Milliseconds between two comments that keep proxies from closing a silent connection; `false` for none.
   *
   * @defaultValue 15_000
   */
  readonly heartbeatMs?: number | false | undefined;
  /**
   * Receives every error of which the client gets only a safe text or a status: a refused request, a failed run, an invalid
   * header, an error of your own function. Default: a process warning for errors of your own code.
   */
  readonly onError?: EdgeErrorHandler | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** @internal The options with their defaults. Throws a `TypeError` that names the invalid option. */
export function checkFrameOptions<T>(options: FrameOptions<T>) {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { event, id, data, errors = 'event', end = 'end', heartbeatMs = 15_000 } = options;
  if (event !== undefined && typeof event !== 'function') oneLine('event', event);
  if (typeof end === 'object') encodeFrame(end);
  else if (end !== false) oneLine('end', end);
  if (id !== undefined && typeof id !== 'function')
    throw new TypeError(`id must be a function, got ${describeValue(id)}`);
  if (data !== undefined && typeof data !== 'function')
    throw new TypeError(`data must be a function, got ${describeValue(data)}`);
  if (!['event', 'throw'].includes(errors))
    throw new TypeError(`errors must be 'event' or 'throw', got ${describeValue(errors)}`);
  if (heartbeatMs !== false && !(Number.isFinite(heartbeatMs) && heartbeatMs > 0)) {
    throw new TypeError(
      `heartbeatMs must be a number of milliseconds above 0 or false, got ${describeValue(heartbeatMs)}`,
    );
  }
  const { scheduler = asyncScheduler, onError } = options;
  if (onError !== undefined && typeof onError !== 'function')
    throw new TypeError(`onError must be a function, got ${describeValue(onError)}`);
  return { event, id, data, errors, end, heartbeatMs, scheduler, onError };
}
