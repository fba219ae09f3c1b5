import type { WireEvent } from './wire.js';

/** The fields of each event that the decoder reads; all others are kept. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  message_start: new Set(['type', 'message']),
  content_block_start: new Set(['type', 'index', 'content_block']),
  content_block_delta: new Set(['type', 'index', 'delta']),
  content_block_stop: new Set(['type', 'index']),
  message_delta: new Set(['type', 'delta', 'usage']),
};

/** @internal The fields of an event beside the known ones, without nulls; undefined where there are none. */
export function extraFields(event: WireEvent): Readonly<Record<string, unknown>> | undefined {
  const known = KNOWN[event.type];
  const extra = Object.entries(event).filter(
    ([field, value]) => known?.has(field) === false && value !== null,
  );
  return extra.length === 0 ? undefined : Object.fromEntries(extra);
}
