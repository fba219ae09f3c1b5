import {
  catchError,
  concat,
  defer,
  finalize,
  interval,
  map,
  merge,
  of,
  type OperatorFunction,
  Subject,
  takeUntil,
  throwError,
} from 'rxjs';
import { reportEdgeError } from './edge-errors.js';
import { FrameMaker } from './frame-maker.js';
import { checkFrameOptions, type FrameOptions } from './frame-options.js';
import type { SseFrame } from './sse-frame.js';

/**
 * Emits a frame for each value, with JSON as its data and an id; comments while the source is silent; and a last frame,
 * `event: end` or `event: error`, after which a client should close.
 *
 *     source         -a--------b--|
 *     toSseFrames()  -1----h---2--(3|)    h: a comment; 3: `event: end`
 *
 * An error is the last frame, with a text that is safe to show ({@link FrameOptions.errors}).
 *
 * @example
 * of('gold').pipe(toSseFrames()) // => [{ id: '1', data: '"gold"' }, { event: 'end', id: '2', data: '{}' }]
 */
export function toSseFrames<T>(options: FrameOptions<T> = {}): OperatorFunction<T, SseFrame> {
  const checked = checkFrameOptions(options);
  const { errors, heartbeatMs, scheduler, onError } = checked;
  return (source$) =>
    defer(() => {
      const frames = new FrameMaker<T>(checked);
      const ended = new Subject<void>();
      const told$ = concat(
        source$.pipe(map((value) => frames.value(value))),
        defer(() => frames.end()),
      ).pipe(
        catchError((error: unknown) => {
          if (errors === 'throw') return throwError(() => error);
          reportEdgeError(error, { edge: 'toSseFrames', when: 'run' }, onError);
          return of(frames.error(error));
        }),
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
