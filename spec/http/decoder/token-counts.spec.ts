import { count, detailCounts, withoutEmpty } from '../../../lib/http/decoder/token-counts';

describe('counts', () => {
  it('are whole numbers from 0', () => {
    expect([0, 7, -1, 1.5, '3', null, NaN, 2 ** 60].map(count)).toEqual([
      0,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of details leave out what is no count', () => {
    expect(detailCounts({ a: 1, b: 'x' })).toEqual({ a: 1, b: undefined });
    expect(detailCounts(null)).toEqual({});
  });

  it('withoutEmpty leaves out what is undefined, and objects with nothing in them', () => {
    expect(withoutEmpty({ a: 0, b: undefined, c: {}, d: { e: 1 } })).toEqual({
      a: 0,
      d: { e: 1 },
    });
  });
});
