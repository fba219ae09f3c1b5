import { ModelError } from 'rxlm';
import { backOff } from '../../../lib/runnables/internal/back-off.js';

const error = new Error('busy');
const asking = (retryAfterMs: number) =>
  new ModelError('busy', { code: 'rate_limited', provider: 'fake', retryAfterMs });

describe('backOff', () => {
  it('waits a second, and twice as long each time, up to half a minute', () => {
    const waits = [1, 2, 3, 5, 6, 7, 2000].map((attempt) =>
      backOff(error, attempt, undefined, () => 0),
    );
    expect(waits).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('waits up to a quarter less', () => {
    expect(backOff(error, 1, undefined, () => 1)).toBe(750);
    const wait = backOff(error, 1) ?? 0;
    expect([wait > 750, wait <= 1000]).toEqual([true, true]);
  });

  it('[35] waits for as long as the error asks for, and gives up beyond a minute', () => {
    const waits = [0, 5, 60_000, 90_000].map((ms) => backOff(asking(ms), 1));
    expect(waits).toEqual([250, 250, 60_000, undefined]);
  });

  it('[35] waits for the delay that was given, or for as long as the error asks for if that is longer', () => {
    const waits = [0, 1000, 90_000].map((delay) => backOff(error, 3, delay));
    expect(waits).toEqual([0, 1000, 90_000]);
    const asked = [0, 1000, 90_000].map((ms) => backOff(asking(ms), 1, 500));
    expect(asked).toEqual([500, 1000, undefined]);
    expect(backOff(error, 1, Infinity)).toBe(2 ** 31 - 1);
  });

  it.each([[undefined], [null], ['busy'], [{ retryAfterMs: '5' }]])(
    'takes %p for an error',
    (any) => {
      expect(backOff(any, 1, undefined, () => 0)).toBe(1000);
    },
  );
});
