import type { RunEvent } from '../../core/events/run-event.js';
import { type SafeError, safeErrorOf } from './safe-error.js';

/**
 * @internal The value as anybody may read it: of an event that tells an error (`on_*_error`, `on_chat_model_retry`) what a
 * client has to know of it, as the last frame would say it. All else is the run's own content, and stays.
 */
export function safeEvent(value: unknown): unknown {
  const { event, run_id, data } = (value ?? {}) as Partial<RunEvent>;
  if (typeof event !== 'string' || run_id === undefined || !/_(error|retry)$/.test(event))
    return value;
  const { error, ...rest } = (data ?? {}) as { readonly error?: unknown };
  if (error === undefined) return value;
  const told: SafeError = safeErrorOf(error);
  return { ...(value as RunEvent), data: { error: told, ...rest } };
}
