import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  finalize,
  interval,
  map,
  merge,
  of,
  type OperatorFunction,
  type SchedulerLike,
  Subject,
  takeUntil,
  throwError,
} from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import { safeError } from './safe-error.js';

/** An event as Nest's `@Sse()` takes it. */
export interface SseMessageEvent {
  data?: string;
  id?: string;
  type?: string;
  retry?: number;
  comment?: string;
}

/** How values become server-sent events. */
export interface MessageEventsOptions<T> {
  /** The `event` of a value's frame. None by default, which `EventSource` calls `message`. */
  readonly event?: string | ((value: T) => string | undefined) | undefined;
  /** The id of a value's frame. By default 1, 2, 3, … */
  readonly id?: ((value: T, index: number) => string) | undefined;
  /**
   * `event`: an error becomes one last frame `event: error` with `{ code, message, retryable, retryAfterMs? }`, which says
   * nothing that is not for a client. `throw`: it is left to Nest.
   *
   * @defaultValue 'event'
   */
  readonly errors?: 'event' | 'throw' | undefined;
  /**
   * The `event` of the last frame of a stream that was complete: a client that sees it need not, and should not, connect
   * again. `false` for none.
   *
   * @defaultValue 'end'
   */
  readonly end?: string | false | undefined;
  /**
   * Milliseconds between two comments that keep proxies from closing a silent connection; `false` for none.
   *
   * @defaultValue 15_000
   */
  readonly heartbeatMs?: number | false | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Emits values as the message events of Nest's `@Sse()`, for GET and POST: each has JSON as its data, and an id of its
 * own. (A value that Nest is given as it is, without `data`, is sent as an empty event, and reaches nobody.)
 *
 *     source              -a--------b--|
 *     toMessageEvents()   -1----h---2--(3|)    h: a comment; 3: `event: end`
 *
 * An error is the last event, with a safe text ({@link MessageEventsOptions.errors}); what fails before the first value
 * gets a real status with {@link primed}. A client that disconnects unsubscribes the run, Nest sees to that.
 *
 * @example
 * const event$ = of('gold').pipe(toMessageEvents());
 * event$ // => [{ id: '1', data: '"gold"' }, { id: '2', type: 'end', data: '{}' }]
 *
 * @see https://docs.nestjs.com/techniques/server-sent-events
 */
export function toMessageEvents<T>(
  options: MessageEventsOptions<T> = {},
): OperatorFunction<T, SseMessageEvent> {
  const { event, id, errors, end, heartbeatMs, scheduler } = checkOptions(options);
  return (source$) =>
    defer(() => {
      let index = 0;
      const frame = (type: string | undefined, data: unknown, given?: string): SseMessageEvent => {
        index += 1;
        return {
          id: clean('id', given ?? String(index)),
          ...(type === undefined ? {} : { type: clean('event', type) }),
          // No newline is in it, nor a lone surrogate; in an array, what JSON has no word for is null.
          data: JSON.stringify([data]).slice(1, -1),
        };
      };
      const ended = new Subject<void>();
      const told$ = concat(
        source$.pipe(
          map((value) =>
            frame(typeof event === 'function' ? event(value) : event, value, id?.(value, index)),
          ),
        ),
        defer(() => (end === false ? [] : [frame(end, {})])),
      ).pipe(
        catchError((error: unknown) =>
          errors === 'throw' ? throwError(() => error) : of(frame('error', safeError(error))),
        ),
        finalize(() => {
          ended.next();
        }),
      );
      if (heartbeatMs === false) return told$;
      const heartbeat$ = interval(heartbeatMs, scheduler).pipe(
        map(() => ({ comment: 'ping' })),
        takeUntil(ended),
      );
      return merge(heartbeat$, told$);
    });
}

/** A line end in one of these would begin a field, or an event, of whoever has written it. */
function clean(name: string, value: string): string {
  if (typeof value === 'string' && !/[\r\n\0]/.test(value)) return value;
  throw new TypeError(
    `the ${name} of an event must be one line of text, got ${describeValue(value)}`,
  );
}

function checkOptions<T>(options: MessageEventsOptions<T>) {
  if (typeof (options as unknown) !== 'object')
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { event, id, errors = 'event', end = 'end', heartbeatMs = 15_000 } = options;
  if (event !== undefined && typeof event !== 'function') clean('event', event);
  if (end !== false) clean('end', end);
  if (id !== undefined && typeof id !== 'function')
    throw new TypeError(`id must be a function, got ${describeValue(id)}`);
  if (!['event', 'throw'].includes(errors))
    throw new TypeError(`errors must be 'event' or 'throw', got ${describeValue(errors)}`);
  if (heartbeatMs !== false && !(Number.isFinite(heartbeatMs) && heartbeatMs > 0)) {
    throw new TypeError(
      `heartbeatMs must be a number of milliseconds above 0 or false, got ${describeValue(heartbeatMs)}`,
    );
  }
  const { scheduler = asyncScheduler } = options;
  return { event, id, errors, end, heartbeatMs, scheduler };
}
