import { isRecord } from '../../../lib/core/internal/is-record';

describe('isRecord', () => {
  it('takes objects, and neither arrays nor null', () => {
    expect([{}, Object.create(null), [], null, undefined, 'x', 7, () => 0].map(isRecord)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
