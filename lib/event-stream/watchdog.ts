import type { SchedulerLike, Subscription } from 'rxjs';

/**
 * @internal Calls `onTimeout` when `ms` milliseconds have passed without a `touch`. Time while it is paused does not count.
 *
 * One coarse timer: a touch only notes the time, and the timer looks at the note when it fires. Resetting a timer for
 * every read would cost more than reading.
 */
export class Watchdog {
  private readonly ms: number;
  private readonly scheduler: SchedulerLike;
  private readonly onTimeout: () => void;
  private last = 0;
  private timer: Subscription | undefined;

  constructor(ms: number, scheduler: SchedulerLike, onTimeout: () => void) {
    this.ms = ms;
    this.scheduler = scheduler;
    this.onTimeout = onTimeout;
  }

  touch(): void {
    this.last = this.scheduler.now();
  }

  /** Starts it, or goes on after a pause. */
  run(): void {
    if (this.ms === Infinity) return;
    this.touch();
    this.timer ??= this.wait(this.ms);
  }

  stop(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
  }

  private wait(ms: number): Subscription {
    return this.scheduler.schedule(() => {
      const left = this.last + this.ms - this.scheduler.now();
      this.timer = left > 0 ? this.wait(left) : undefined;
      if (left <= 0) this.onTimeout();
    }, ms);
  }
}
