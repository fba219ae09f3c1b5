import type { RunEvent } from '../../core/events/run-event.js';
import { type SafeError, safeErrorOf } from './safe-error.js';

/**
 * @internal The value in a form that a client may see. In an event with an error (`on_*_error`, `on_chat_model_retry`) the
 * error is reduced as in the last frame. Everything else is content of the run and stays.
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
