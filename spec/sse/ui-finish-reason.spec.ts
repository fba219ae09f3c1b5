import { uiFinishReason } from '../../lib/sse/ui-finish-reason.js';

describe('uiFinishReason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['brand_new', 'other'],
    ['__proto__', 'other'],
    ['constructor', 'other'],
    [5, 'other'],
    [undefined, 'stop'],
    [null, 'stop'],
  ])('is of %p %p', (stopReason, reason) => {
    expect(uiFinishReason(stopReason)).toBe(reason);
  });
});
