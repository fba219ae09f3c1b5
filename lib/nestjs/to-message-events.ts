import { map, type OperatorFunction, pipe } from 'rxjs';
import type { FrameOptions } from '../sse/frames/frame-options.js';
import { toSseFrames } from '../sse/frames/to-sse-frames.js';

/** An event as Nest's `@Sse()` takes it. */
export interface SseMessageEvent {
  data?: string;
  id?: string;
  type?: string;
  retry?: number;
  comment?: string;
}

/** How values become message events. */
export type MessageEventsOptions<T> = FrameOptions<T>;

/**
 * Emits values as the message events of Nest's `@Sse()`, for GET and POST: each has JSON as its data, and an id of its
 * own. (A value that Nest is given as it is, without `data`, is sent as an empty event, and reaches nobody.)
 *
 *     source              -a--------b--|
 *     toMessageEvents()   -1----h---2--(3|)    h: a comment; 3: `event: end`
 *
 * An error is the last event, with a safe text ({@link FrameOptions.errors}); what fails before the first value gets a
 * real status with {@link primedForNest}. A client that disconnects unsubscribes the run, Nest sees to that.
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
  return pipe(
    toSseFrames(options),
    map(({ event, ...frame }) => (event === undefined ? frame : { ...frame, type: event })),
  );
}
