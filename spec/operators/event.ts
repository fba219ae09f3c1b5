import type { RunEvent } from '../../lib/core/events/run-event.js';

/** An event of a run `r`, a root, with whatever is said of it. */
export function event(name: string, more: Partial<Omit<RunEvent, 'event'>> = {}): RunEvent {
  return {
    event: name,
    name: 'Some',
    run_id: 'r',
    parent_ids: [],
    tags: [],
    metadata: {},
    data: {},
    ...more,
  } as RunEvent;
}

/** One that reports a chunk. */
export function streamEvent(chunk: unknown, run_id = 'r', type = 'chat_model'): RunEvent {
  return event(`on_${type}_stream`, { run_id, data: { chunk } });
}
