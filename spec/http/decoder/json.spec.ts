import { isRecord } from '../../../lib/core/internal/is-record';
import { arrayOf, nonEmpty } from '../../../lib/http/decoder/json';

describe('values of unknown JSON', () => {
  it('isRecord takes objects that are no arrays', () => {
    expect([{}, [], null, 'x', 7, undefined].map(isRecord)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('nonEmpty takes strings with something in them', () => {
    expect(['a', '', null, 7, undefined].map(nonEmpty)).toEqual([
      'a',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('arrayOf takes arrays, and makes an empty one of everything else', () => {
    expect([[1], {}, null, 'ab'].map(arrayOf)).toEqual([[1], [], [], []]);
  });
});
