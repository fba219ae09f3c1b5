import fc from 'fast-check';
import { hasUnsafeInteger } from '../../../lib/json/internal/has-unsafe-integer';

describe('hasUnsafeInteger', () => {
  it.each([
    ['{"id":9007199254740993}', true],
    ['[1,-9007199254740993]', true],
    ['{"id":9007199254740991}', false],
    ['{"id":"9007199254740993"}', false],
    ['{"id":"a\\"9007199254740993"}', false],
    ['{"9007199254740993":1}', false],
    ['9007199254740993.5', false],
    ['1e300', false],
    ['', false],
  ])('%s: %p', (json, expected) => {
    expect(hasUnsafeInteger(json)).toBe(expected);
  });

  it('finds what parsing changes, in any JSON of integers', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })), (numbers) => {
        const json = `[${numbers.join(',')}]`;
        const lossy = numbers.some((n) => !Number.isSafeInteger(Number(n)));
        expect(hasUnsafeInteger(json)).toBe(lossy);
      }),
    );
  });

  it('is linear in a text of quotes without an end', () => {
    expect(hasUnsafeInteger('1234567890123456,"' + '\\"'.repeat(500_000))).toBe(false);
  });
});
