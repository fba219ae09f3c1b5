import {
  asyncScheduler,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  Subject,
  tap,
  throttle,
  timer,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { Backlog, MOST_MERGED } from './internal/backlog.js';
import { gated } from './internal/with-gate.js';
import { mergingOf } from './internal/merge-adjacent.js';
import { opened } from './internal/when-gate-open.js';

/**
 * Emits at most once in `frameMs` milliseconds, and loses nothing: deltas that come meanwhile are merged into one.
 *
 * The first value goes out at once, what comes within the frame at its end, the rest when the source ends: an error
 * or a completion is not held up. Strings are taken as pieces of one text and append. Message chunks merge where they
 * are more of the same text, thinking or tool input of one message ({@link mergeChunks}), and so do the events that
 * with such chunks of one run; the merged event is the last one with their chunk. Only neighbours merge: anything else
 * stays what and where it is, and several such values go out together at the end of a frame. In the events of a
 * chain each run emits each token, so select one of them first ({@link selectRuns}).
 *
 *     source        -a-b-c----d---e-|
 *     coalesce(4)   -a---(bc)-d---e-|
 *
 * Before an edge that can wait (`toAsyncIterable`, `toReadableStream`) values are merged for as long as its buffer is
 * full as well, however long that takes; `highWaterMark: 1` there keeps what is taken fresh. The source is asked to
 * wait only when 10,000 values are merged or held.
 *
 * @param frameMs Milliseconds; 16, a frame of a screen, by default. With `0` and RxJS's `animationFrameScheduler`
 * the frames are the browser's own.
 *
 * @example
 * of('gold', 'fish', ' on', ' the moon').pipe(coalesce()) // => ['gold', 'fish on the moon']
 *
 * @see {@link coalesceMap} to merge for as long as work takes
 */
export function coalesce<T>(
  frameMs = 16,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<T> {
  if (!(Number.isFinite(frameMs) && frameMs >= 0)) {
    throw new TypeError(
      `frameMs must be a number of milliseconds, got ${describeValue(frameMs)}. To merge while work goes on, use coalesceMap`,
    );
  }
  return gated((edge) => {
    edge?.heed();
    const backlog = new Backlog<T>(MOST_MERGED, mergingOf);
    const ended = new Subject<void>();
    const end = () => {
      ended.next();
    };
    const frame$ = timer(frameMs, scheduler).pipe(mergeMap(() => opened(edge)));
    return [
      backlog,
      (source$) =>
        source$.pipe(
          tap({
            next: (value) => {
              backlog.put(value);
            },
            error: end,
            complete: end,
          }),
          throttle(() => merge(ended, frame$), { leading: true, trailing: true }),
          mergeMap(() => backlog.takeAll()),
        ),
    ];
  });
}
