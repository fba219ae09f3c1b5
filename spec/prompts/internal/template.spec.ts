import fc from 'fast-check';
import { compileTemplate } from '../../../lib/prompts/internal/template.js';

const upper = (name: string | symbol) => String(name).toUpperCase();

describe('compileTemplate', () => {
  it.each([
    ['', ''],
    ['no variable', 'no variable'],
    ['{a}', 'A'],
    ['{a}{b}{a}', 'ABA'],
    ['one\n{a}\ntwo', 'one\nA\ntwo'],
    ['{{}}', '{}'],
    ['{{a}}', '{a}'],
    ['{{{a}}}', '{A}'],
    ['{{{{a}}}}', '{{a}}'],
    ['{a}}}', 'A}'],
    ['}}{a}{{', '}A{'],
    ['{two words}', 'TWO WORDS'],
    ['{ a }', ' A '],
    ['{a.b}', 'A.B'],
    ['{{"a": {b}}}', '{"a": B}'],
    ['{ä}😀', 'Ä😀'],
  ])('makes of %j with the values in capitals %j', (template, text) => {
    expect(compileTemplate(template).format(upper)).toBe(text);
  });

  it('knows its variables, in order, as often as they are used', () => {
    expect(compileTemplate('{b}{{c}}{a}{b}').variables).toEqual(['b', 'a', 'b']);
  });

  it.each([
    ['{', '{', 0],
    ['a}', '}', 1],
    ['{a', '{', 0],
    ['{}', '{', 0],
    ['{{{a}}', '}', 5],
    ['{{}', '}', 2],
    ['{a{b}', '{', 0],
    ['😀 {a}}', '}', 6],
    ['{"a": {"b": 1}}', '{', 0],
  ])('does not take %j, for its %s at position %i', (template, brace, position) => {
    expect(() => compileTemplate(template)).toThrow(
      new TypeError(
        `template: ${brace} at position ${String(position)} belongs to no variable. ` +
          `A variable is a name in braces, a brace as text is written ${brace}${brace}`,
      ),
    );
  });

  it('[21] does not report the text of a template that it does not take', () => {
    expect(() => compileTemplate('secret {')).toThrow(expect.not.stringContaining('secret'));
  });

  it('takes nothing but strings', () => {
    expect(() => compileTemplate(undefined as never)).toThrow(
      new TypeError('a template must be a string, got undefined'),
    );
  });

  it.each<[unknown, string]>([
    ['a "b"', 'a "b"'],
    ['', ''],
    [1, '1'],
    [false, 'false'],
    [null, 'null'],
    [12n, '12'],
    [{ a: [1, 'x'] }, '{"a":[1,"x"]}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])('inserts %p as %s', (value, text) => {
    expect(compileTemplate('<{a}>').format(() => value)).toBe(`<${text}>`);
  });

  it.each([
    [() => 1, 'function (anonymous)'],
    [Symbol('s'), 'Symbol(s)'],
    [undefined, 'undefined'],
  ])('cannot insert %p', (value, name) => {
    expect(() => compileTemplate('{a}').format(() => value)).toThrow(
      new TypeError(`the value of "a" cannot be text, it is ${name}`),
    );
  });

  it('never reads a value as a template', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const values: Record<string, string> = { a, b };
        const text = compileTemplate('<{a}|{b}|{a}>').format((name) => values[String(name)]);
        expect(text).toBe(`<${a}|${b}|${a}>`);
      }),
    );
    expect(compileTemplate('{a}').format(() => '{a} {{')).toBe('{a} {{');
  });

  it('gives any text back whose braces are doubled', () => {
    const textWithBraces = fc.string({ unit: fc.constantFrom('{', '}', 'a', '\n', '😀') });
    fc.assert(
      fc.property(textWithBraces, (text) => {
        const { variables, format } = compileTemplate(text.replace(/[{}]/g, '$&$&'));
        expect(variables).toEqual([]);
        expect(format(upper)).toBe(text);
      }),
    );
  });
});
