import { toFinishReason } from '../../../lib/anthropic/stream/to-finish-reason.js';

describe('toFinishReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_call'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'pause'],
    ['compaction', 'pause'],
    ['brand_new', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    [5, undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %p is %p', (stopReason, reason) => {
    expect(toFinishReason(stopReason)).toBe(reason);
  });
});
