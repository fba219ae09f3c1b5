import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunEvent, RunListener } from '../core/events/run-event.js';

/** When the indicator says that models are down. */
export interface RxlmHealthIndicatorOptions {
  /** Failed calls of models in a row after which the status is `down`. @defaultValue 5 */
  readonly maxFailures?: number | undefined;
  /** Milliseconds after the last failure until the status is `up` again, so that new calls can prove it. @defaultValue 30_000 */
  readonly recoverAfterMs?: number | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What the indicator reports. */
export interface RxlmHealth {
  readonly status: 'up' | 'down';
  /** Calls of models under way. */
  readonly open: number;
  /** Failed calls in a row, up to the last one. */
  readonly failures: number;
  /** The code of the last of these failures. */
  readonly code?: string;
}

/** Failures that say nothing about the provider: the request was at fault. */
const REQUEST_AT_FAULT: ReadonlySet<unknown> = new Set([
  'invalid_request',
  'context_overflow',
  'too_large',
]);

/**
 * A health indicator for `@nestjs/terminus`: whether the models answer, from the runs that there are. It asks no model
 * itself, because a probe every few seconds would be paid for.
 *
 * Its `listener` hears the runs, as a listener of `RxlmModule`. The status is `down` after `maxFailures` failed calls in a
 * row, until a call succeeds or `recoverAfterMs` have passed. A cancelled call, or one whose request was at fault, counts as
 * neither. Use it for alerts and readiness; a liveness probe would restart the application for a provider's fault.
 *
 * @example
 * // const health = new RxlmHealthIndicator();
 * // RxlmModule.forRoot({ models: { fast }, listeners: [health.listener] }) // in the imports
 * // check() { return this.terminus.check([() => health.isHealthy('models')]); } // HealthCheckService
 */
export class RxlmHealthIndicator {
  /** Hears the runs whose models are looked at. */
  readonly listener: RunListener = (event) => {
    this.#hear(event);
  };
  readonly #maxFailures: number;
  readonly #recoverAfterMs: number;
  readonly #scheduler: SchedulerLike;
  #open = 0;
  #failures = 0;
  #failedAt = 0;
  #code: string | undefined;

  constructor({
    maxFailures = 5,
    recoverAfterMs = 30_000,
    scheduler = asyncScheduler,
  }: RxlmHealthIndicatorOptions = {}) {
    for (const [name, value] of Object.entries({ maxFailures, recoverAfterMs })) {
      if (typeof value !== 'number' || !(value > 0))
        throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
    }
    this.#maxFailures = maxFailures;
    this.#recoverAfterMs = recoverAfterMs;
    this.#scheduler = scheduler;
  }

  /** The status under a key, as Terminus takes it. */
  isHealthy<const K extends string = 'rxlm'>(key: K = 'rxlm' as K): Record<K, RxlmHealth> {
    const isRecent = this.#scheduler.now() - this.#failedAt < this.#recoverAfterMs;
    const isDown = this.#failures >= this.#maxFailures && isRecent;
    const health: RxlmHealth = {
      status: isDown ? 'down' : 'up',
      open: this.#open,
      failures: this.#failures,
      ...(this.#code !== undefined && { code: this.#code }),
    };
    return { [key]: health } as Record<K, RxlmHealth>;
  }

  #hear({ event, data }: RunEvent): void {
    if (event === 'on_chat_model_start') {
      this.#open += 1;
      return;
    }
    const isEnd = event === 'on_chat_model_end';
    if (!isEnd && event !== 'on_chat_model_error' && event !== 'on_chat_model_cancel') return;
    this.#open -= 1;
    if (isEnd) {
      this.#failures = 0;
      this.#code = undefined;
    } else if (event === 'on_chat_model_error') this.#fail(codeOf(data));
  }

  #fail(code: string | undefined): void {
    if (REQUEST_AT_FAULT.has(code)) return;
    this.#failures += 1;
    this.#failedAt = this.#scheduler.now();
    this.#code = code;
  }
}

function codeOf(data: unknown): string | undefined {
  const code = (data as { error?: { code?: unknown } }).error?.code;
  return typeof code === 'string' ? code : undefined;
}
