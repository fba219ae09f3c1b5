import {
  blockStart,
  blockStop,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  textDelta,
  type WireEvent,
} from '../wire-event.js';

/** The `message_start` of GOOD, or one that differs from it only by its id. */
export const goodStart = (id = 'msg_good'): WireEvent =>
  messageStart({
    id,
    model: 'claude-3-haiku-20240307',
    usage: { input_tokens: 3, output_tokens: 1 },
  });

/**
 * The message that faults are made of: `Hello wörld 🌍👩‍🚀!` in five deltas, with a ping between,
 * usage 3 in and 7 out. Its events by index: 0 message_start, 1 content_block_start, 2 "Hel", 3 "lo",
 * 4 ping, 5 " wörld ", 6 "🌍👩‍🚀", 7 "!", 8 content_block_stop, 9 message_delta, 10 message_stop.
 */
export const GOOD: readonly WireEvent[] = [
  goodStart(),
  blockStart(0, { type: 'text', text: '' }),
  textDelta(0, 'Hel'),
  textDelta(0, 'lo'),
  ping,
  textDelta(0, ' wörld '),
  textDelta(0, '🌍👩‍🚀'),
  textDelta(0, '!'),
  blockStop(0),
  messageDelta('end_turn', { output_tokens: 7 }),
  messageStop,
];
