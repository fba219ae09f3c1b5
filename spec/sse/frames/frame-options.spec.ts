import { asyncScheduler } from 'rxjs';
import { checkFrameOptions } from '../../../lib/sse/frames/frame-options.js';

describe('checkFrameOptions', () => {
  it('has sane defaults', () => {
    expect(checkFrameOptions({})).toEqual({
      event: undefined,
      id: undefined,
      errors: 'event',
      end: 'end',
      heartbeatMs: 15_000,
      scheduler: asyncScheduler,
    });
  });

  it('takes a last frame as it is, if it can be one', () => {
    expect(checkFrameOptions({ end: { data: '[DONE]' } }).end).toEqual({ data: '[DONE]' });
    expect(() => checkFrameOptions({ end: { event: 'a\nb', data: '' } })).toThrow(TypeError);
  });
});
