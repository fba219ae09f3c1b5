import { withoutUndefined } from '../../../lib/core/internal/without-undefined';

describe('withoutUndefined', () => {
  it('leaves out what is undefined, and nothing else', () => {
    expect(Object.keys(withoutUndefined({ a: undefined, b: null, c: 0, d: '', e: {} }))).toEqual([
      'b',
      'c',
      'd',
      'e',
    ]);
  });
});
