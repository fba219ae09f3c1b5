import fc from 'fast-check';
import { wellFormed, wellFormedInput } from '../../../lib/messages/history/well-formed';

/** Half of a pair: `JSON.stringify` escapes it, and only it. */
const hasHalf = (value: unknown) =>
  /\\ud[89a-f]/.test(JSON.stringify(value).replaceAll(String.raw`\\`, ''));

describe('wellFormed', () => {
  it('replaces halves, and no pair', () => {
    expect(wellFormed('a\ud83db\udc1f')).toBe('a\ufffdb\ufffd');
    expect(wellFormed('a 🐟')).toBe('a 🐟');
  });
});

describe('wellFormedInput', () => {
  it('gives the same object where there is nothing to replace', () => {
    const input = { a: ['🐟', String.raw`\ud83d`], b: { c: 1 } };
    expect(wellFormedInput(input, 'here')).toBe(input);
  });

  it('replaces halves in values and names, and nothing else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (given) => {
        const input = { ...given, '\ud83d': [String.raw`\ud83d`, '\udc1f'] };
        const clean = wellFormedInput(input, 'here');
        expect(hasHalf(clean)).toBe(false);
        expect(Object.values(clean)).toContainEqual([String.raw`\ud83d`, '\ufffd']);
      }),
    );
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['a bigint', () => ({ a: 1n })],
    [
      'a circle',
      () => {
        const input: Record<string, unknown> = {};
        return Object.assign(input, { input });
      },
    ],
  ])('refuses %s with its place', (_, input) => {
    expect(() => wellFormedInput(input(), 'messages[1].content[0]')).toThrow(
      /^messages\[1\]\.content\[0\]: the arguments of a call are no JSON \(.+\)\. Give it arguments that JSON can hold\.$/,
    );
  });
});
