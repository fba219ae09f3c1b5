import fc from 'fast-check';
import { asksForTime, retryWait } from '../../../lib/core/internal/retry-wait.js';

const growing = { firstMs: 500, maxMs: 8_000 };

describe('retryWait', () => {
  it('doubles from the first wait to the longest', () => {
    const waits = [1, 2, 3, 4, 5, 6, 5000].map((n) => retryWait(undefined, n, growing, () => 0));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('stays a number after any number of attempts, also where the first wait is none', () => {
    const none = { firstMs: 0, maxMs: 0 };
    const attempts = [1, 1024, 1025, 1026, Number.MAX_SAFE_INTEGER];
    expect(attempts.map((n) => retryWait(undefined, n, none))).toEqual([250, 250, 250, 250, 250]);
    expect(retryWait(undefined, 1025, { firstMs: 0, maxMs: 8_000 })).toBe(250);
    expect(retryWait(undefined, 1025, growing, () => 0)).toBe(8_000);
  });

  it('waits as long as the error asks, and gives up on one that asks for more than a minute', () => {
    const waits = [0, 1, 249, 250, 1000, 60_000, 60_001, Infinity].map((retryAfterMs) =>
      retryWait({ retryAfterMs }, 1, growing),
    );
    expect(waits).toEqual([250, 250, 250, 250, 1000, 60_000, undefined, undefined]);
  });

  it('is never under 250 ms nor over a minute, whatever the error, the attempt and the back-off', () => {
    const errors = fc.oneof(
      fc.anything(),
      fc.record({ retryAfterMs: fc.oneof(fc.double(), fc.integer(), fc.string()) }),
    );
    const backOffs = fc.record({
      firstMs: fc.integer({ min: 0, max: 60_000 }),
      maxMs: fc.integer({ min: 0, max: 60_000 }),
    });
    const attempts = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.maxSafeNat());
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(errors, attempts, backOffs, share, (error, attempt, backOff, random) => {
        const wait = retryWait(error, attempt + 1, backOff, () => random) ?? 250;
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

describe('asksForTime', () => {
  it.each([
    [{ retryAfterMs: 0 }, true],
    [{ retryAfterMs: NaN }, false],
    [{ retryAfterMs: '5' }, false],
    [null, false],
    ['busy', false],
  ])('%j: %s', (error, asks) => {
    expect(asksForTime(error)).toBe(asks);
  });
});
