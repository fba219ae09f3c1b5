import type { FinishReason } from '../../../lib/messages/finish-reason.js';
import { uiFinishReason } from '../../../lib/sse/ui/ui-finish-reason.js';

describe('uiFinishReason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['error', 'error'],
    ['pause', 'other'],
    ['brand_new', 'other'],
    ['__proto__', 'other'],
    ['constructor', 'other'],
    [undefined, 'stop'],
  ])('is of %p %p', (finishReason, reason) => {
    expect(uiFinishReason(finishReason as FinishReason | undefined)).toBe(reason);
  });
});
