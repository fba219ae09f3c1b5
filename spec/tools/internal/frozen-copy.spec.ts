import fc from 'fast-check';
import { frozenCopy } from '../../../lib/tools/internal/frozen-copy';

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen));

describe('frozenCopy', () => {
  it('is equal, frozen all through, and leaves the value alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (made) => {
        const value: unknown = JSON.parse(JSON.stringify(made));
        const copy = frozenCopy(value);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
        expect(isFrozen(copy)).toBe(true);
        if (typeof value === 'object' && value !== null) expect(Object.isFrozen(value)).toBe(false);
      }),
    );
  });

  it('keeps objects of classes as they are, and __proto__ as data', () => {
    const date = new Date(0);
    expect(frozenCopy({ date }).date).toBe(date);
    const copy = frozenCopy(JSON.parse('{"__proto__":{"a":1}}') as object);
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});
