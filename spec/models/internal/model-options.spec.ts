import { checkHeaders } from '../../../lib/models/internal/model-options.js';

describe('checkHeaders', () => {
  it.each([undefined, {}, { 'x-a': 'b', accept: null, none: undefined }])('takes %j', (headers) => {
    expect(() => {
      checkHeaders(headers);
    }).not.toThrow();
  });

  it.each([
    [new Headers({ a: 'canary' }), 'Use Object.fromEntries(headers)'],
    [new Map([['a', 'canary']]), 'Use Object.fromEntries(headers)'],
    [[['a', 'canary']], 'Use Object.fromEntries(headers)'],
    ['a: canary', 'must be an object'],
    [null, 'must be an object'],
    [{ 'x-a': ['canary'] }, 'headers["x-a"] must be a string'],
    [{ 'x-a': 5 }, 'headers["x-a"] must be a string'],
    [{ 'x-a': 'canary\r\nx: y' }, 'headers["x-a"] has a character that no header may have'],
    [{ 'x-a': 'canary 🐟' }, 'headers["x-a"] has a character that no header may have'],
    [{ 'a b': 'canary' }, 'headers has a name that is none: "a b"'],
  ])('[21] is a TypeError for %p, which does not show a value', (headers, message) => {
    const check = () => {
      checkHeaders(headers);
    };
    expect(check).toThrow(TypeError);
    expect(check).toThrow(message);
    if (typeof headers !== 'string') expect(check).not.toThrow('canary');
  });
});
