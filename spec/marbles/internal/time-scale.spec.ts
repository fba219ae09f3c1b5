import fc from 'fast-check';
import { TimeScale } from '../../../lib/marbles/internal/time-scale';

describe('TimeScale', () => {
  it('finds the time of the place of a time', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, length, share) => {
          const scale = new TimeScale(from, from + length, 100, 900);
          const at = from + share * length;
          expect(scale.x(at)).toBeGreaterThanOrEqual(100 - 1e-6);
          expect(Math.abs(scale.at(scale.x(at)) - at)).toBeLessThan(length * 1e-6 + 1e-6);
        },
      ),
    );
  });

  it('has a handful of round ticks within its part', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 1e7 }), (from, length) => {
        const ticks = new TimeScale(from, from + length, 0, 100).ticks();
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
        for (const tick of ticks)
          expect(tick >= from - 1e-6 && tick <= from + length + 1e-6).toBe(true);
      }),
    );
    expect(new TimeScale(0, 1000, 0, 100).ticks()).toEqual([0, 200, 400, 600, 800, 1000]);
  });

  it('writes milliseconds, and seconds where there are many', () => {
    expect(new TimeScale(0, 500, 0, 1).label(12.34)).toBe('12.3 ms');
    expect(new TimeScale(0, 50_000, 0, 1).label(12_340)).toBe('12.3 s');
  });

  it('has a length where nothing passes', () => {
    expect(new TimeScale(5, 5, 10, 20).x(5)).toBe(10);
    expect(new TimeScale(0, 10, 10, 20).inside(99)).toBe(20);
    expect(new TimeScale(0, 10, 10, 20).shows(11)).toBe(false);
  });
});
