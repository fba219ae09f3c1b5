import { describeValue } from '../../../lib/core/internal/describe-value.js';

describe('describeValue', () => {
  it.each([
    ['a short text', '"a short text"'],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    ['with "quotes"', '"with \\"quotes\\""'],
    [undefined, 'undefined'],
    [null, 'null'],
    [NaN, 'NaN'],
    [7n, '7'],
    [true, 'true'],
    [Symbol('s'), 'Symbol(s)'],
    [[1, 2], 'an array of 2'],
    [new Date(0), 'a Date'],
    [{}, 'an object'],
    [Object.create(null), 'an object'],
    [{ constructor: undefined }, 'an object'],
    [JSON.parse('{"constructor":{"name":"x\\nERROR forged"}}'), 'an object'],
    [
      new (class {
        static name = 'x\nforged';
      })(),
      'an object',
    ],
    [() => 1, 'function (anonymous)'],
    [describeValue, 'function describeValue'],
  ])('%p is %s', (value, description) => {
    expect(describeValue(value)).toBe(description);
  });

  it('[21] never shows what is inside an object', () => {
    expect(describeValue({ apiKey: 'sk-secret' })).not.toContain('secret');
    expect(describeValue(['sk-secret'])).not.toContain('secret');
  });
});
