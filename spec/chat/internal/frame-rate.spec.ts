import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import { frameOf } from '../../../lib/chat/internal/frame-rate.js';

describe('frameOf', () => {
  it('is 16 ms of RxJS where there is no browser, and on a scheduler', () => {
    const scheduler = new VirtualTimeScheduler();
    expect(frameOf({})).toEqual({ frame: 16, scheduler: asyncScheduler });
    expect(frameOf({ scheduler })).toEqual({ frame: 16, scheduler });
    expect(frameOf({ frame: false, scheduler })).toEqual({ frame: false, scheduler });
  });

  it.each([{ frame: -1 }, { frame: NaN }, { frame: '5' }, { scheduler: {} }, { scheduler: null }])(
    'refuses %j',
    (options) => {
      expect(() => frameOf(options as never)).toThrow(TypeError);
    },
  );
});
