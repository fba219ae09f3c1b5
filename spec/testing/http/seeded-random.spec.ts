import { seededRandom } from '../../../lib/testing/http/seeded-random.js';

const draw = (seed?: number) => Array.from({ length: 2000 }, seededRandom(seed));

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw()).toEqual(draw(1));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays in [0, 1) and reaches all of it', () => {
    const numbers = draw();
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers.map((number) => Math.floor(number * 16))).size).toBe(16);
  });
});
