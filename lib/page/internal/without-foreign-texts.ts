import type { RunEvent } from '../../core/events/run-event.js';
import { isRecord } from '../../core/internal/is-record.js';

/** @internal The event without the message of an error that is not rxlm's own, or that a tool threw: it may hold a secret. */
export function withoutForeignTexts(event: RunEvent): RunEvent {
  const data: unknown = event.data;
  if (!isRecord(data) || !isRecord(data['error'])) return event;
  const { error } = data;
  const isOwn = typeof error['code'] === 'string' && error['name'] !== 'ToolError';
  if (isOwn && event.event !== 'on_tool_error') return event;
  const { name, code } = error;
  const message = 'not shown: pass redact to pageListener to show it';
  return { ...event, data: { ...data, error: { name, code, message } } } as RunEvent;
}
