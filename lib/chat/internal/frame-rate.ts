import { animationFrameScheduler, asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';

/** @internal How often a state is shown. */
export interface Frame {
  readonly frame: number | false;
  readonly scheduler: SchedulerLike;
}

/** @internal With the defaults. Throws a `TypeError` that names an invalid option. */
export function frameOf(options: {
  readonly frame?: number | false | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}): Frame {
  const { frame } = options;
  if (frame !== undefined && frame !== false && !(Number.isFinite(frame) && frame >= 0))
    throw new TypeError(`frame must be a number of milliseconds, got ${describeValue(frame)}`);
  const isBrowser = typeof requestAnimationFrame === 'function';
  const {
    scheduler = frame === undefined && isBrowser ? animationFrameScheduler : asyncScheduler,
  } = options;
  if (typeof (scheduler as Partial<SchedulerLike> | null)?.schedule !== 'function')
    throw new TypeError(`scheduler must be a scheduler of RxJS, got ${describeValue(scheduler)}`);
  return { frame: frame ?? (scheduler === animationFrameScheduler ? 0 : 16), scheduler };
}
