import {
  badName,
  firstOf,
  listOf,
  notOneOf,
  notText,
  tooLong,
} from '../../../lib/testing/openai/refusal.js';

describe('the words of a refusal', () => {
  it('names the value, the place and what is known', () => {
    expect(notOneOf('x', ['a', 'b', 'c'], 'p')).toEqual({
      message: "Invalid value: 'x'. Supported values are: 'a', 'b', and 'c'.",
      param: 'p',
      code: 'invalid_value',
    });
    expect(notOneOf('x', ['a'], 'p')?.message).toMatch(/are: 'a'\.$/);
    expect(notOneOf('x', ['a', 'b'], 'p')?.message).toMatch(/are: 'a' and 'b'\.$/);
    expect(notOneOf(undefined, ['a'], 'p')?.code).toBe('missing_required_parameter');
    expect(notOneOf('a', ['a'], 'p')).toBeUndefined();
  });

  it.each([
    [[], 'an array'],
    [{}, 'an object'],
    [1, 'number'],
  ])('says what %j is', (value, kind) => {
    expect(notText(value, 'p')?.message).toContain(`but got ${kind} instead`);
  });

  it('knows names and lengths', () => {
    expect([badName('a-b_1', 'p'), tooLong('abc', 3, 'p')]).toEqual([undefined, undefined]);
    expect(badName('a b', 'p')?.message).toContain('does not match pattern');
    expect(badName('a'.repeat(65), 'p')?.message).toContain('maximum length 64');
    expect(tooLong('abcd', 3, 'p')?.message).toContain('with length 4');
  });

  it('takes the first of several, and of a list its objects', () => {
    expect(firstOf([1, 'a', 2], (value, index) => notText(value, `p[${index}]`))?.param).toBe(
      'p[0]',
    );
    expect(listOf([1, { a: 1 }, null])).toEqual([{ a: 1 }]);
    expect(listOf('a')).toEqual([]);
  });
});
