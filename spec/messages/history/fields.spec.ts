import { asFields, firstString } from '../../../lib/messages/history/fields';

describe('asFields', () => {
  it('gives objects with fields, and nothing for what has none', () => {
    const object = { a: 1 };
    expect(asFields(object)).toBe(object);
    for (const value of [null, undefined, 'a', 1, [1]]) expect(asFields(value)).toBeUndefined();
  });
});

describe('firstString', () => {
  it('gives the first string, also an empty one', () => {
    expect(firstString(undefined, 1, '', 'a')).toBe('');
    expect(firstString(null)).toBeUndefined();
  });
});
