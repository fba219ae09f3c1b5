import type { SchedulerLike, Subscription } from 'rxjs';
import { LONGEST_TIMER } from '../core/internal/longest-timer.js';

/** What a process that was too busy to look at its clocks gets to read what has come meanwhile. */
const GRACE_MS = 20;

/**
 * @internal Calls `onTimeout` when `ms` milliseconds have passed without a `touch`. Time while it is paused does not count.
 *
 * One coarse timer: a touch only notes the time, and the timer looks at the note when it fires. Resetting a timer for
 * every read would cost more than reading. A timer that fires late was kept from it by this very process: what was to
 * touch the clock may be waiting as well, and goes first.
 */
export class Watchdog {
  readonly #ms: number;
  readonly #scheduler: SchedulerLike;
  readonly #onTimeout: () => void;
  #last = 0;
  #timer: Subscription | undefined;

  constructor(ms: number, scheduler: SchedulerLike, onTimeout: () => void) {
    this.#ms = ms;
    this.#scheduler = scheduler;
    this.#onTimeout = onTimeout;
  }

  touch(): void {
    this.#last = this.#scheduler.now();
  }

  /** Starts it, or goes on after a pause. */
  run(): void {
    if (this.#ms > LONGEST_TIMER) return;
    this.touch();
    this.#timer ??= this.#wait(this.#ms);
  }

  stop(): void {
    this.#timer?.unsubscribe();
    this.#timer = undefined;
  }

  #wait(ms: number, isGrace = false): Subscription {
    const due = this.#scheduler.now() + ms;
    return this.#scheduler.schedule(() => {
      const now = this.#scheduler.now();
      // Of a clock that has been set back the note is in the future.
      if (this.#last > now) this.#last = now;
      const left = this.#last + this.#ms - now;
      if (left > 0) this.#timer = this.#wait(left);
      else if (now > due && !isGrace) this.#timer = this.#wait(GRACE_MS, true);
      else this.#ring();
    }, ms);
  }

  #ring(): void {
    this.#timer = undefined;
    this.#onTimeout();
  }
}
