import { lastValueFrom, type Observable, timestamp, toArray } from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event';
import type { TimedRunEvent } from '../../lib/marbles/diagram';

/** The events of a run, each with the time at which it came. */
export const timedEvents = (events$: Observable<RunEvent>): Promise<TimedRunEvent[]> =>
  lastValueFrom(events$.pipe(timestamp(), toArray()));

/** An event as a file or another process may bring it. */
export function eventAt(
  timestamp: number,
  event: string,
  fields: { name?: string; run_id?: string; parent_ids?: unknown; data?: unknown } = {},
): TimedRunEvent {
  const value = {
    event,
    name: 'run',
    run_id: 'r',
    parent_ids: [],
    tags: [],
    metadata: {},
    data: {},
  };
  return { timestamp, value: { ...value, ...fields } as unknown as RunEvent };
}

/** A chunk of a model's message, as JSON. */
export const chunkOf = (content: unknown, more: object = {}) => ({
  type: 'ai',
  content,
  tool_call_chunks: [],
  ...more,
});

/** A model run that says `texts`, a millisecond apart, and ends. */
export function modelEvents(texts: readonly string[]): TimedRunEvent[] {
  return [
    eventAt(1000, 'on_chat_model_start', { name: 'model', data: { input: 'Hi' } }),
    ...texts.map((text, index) =>
      eventAt(1001 + index, 'on_chat_model_stream', {
        name: 'model',
        data: { chunk: chunkOf(text) },
      }),
    ),
    eventAt(1001 + texts.length, 'on_chat_model_end', { name: 'model', data: {} }),
  ];
}
