import { StringReader } from '../../../lib/json/internal/string-reader.js';

function begun(): StringReader {
  const reader = new StringReader();
  reader.begin();
  return reader;
}

describe('StringReader', () => {
  it('gives the index behind the closing quote', () => {
    const reader = begun();
    expect(reader.read('xx"ab"yy', 3)).toBe(6);
    expect([reader.text, reader.closed]).toEqual(['ab', true]);
  });

  it('wants more at the end of a chunk', () => {
    const reader = begun();
    expect(reader.read('ab', 0)).toBe(2);
    expect([reader.text, reader.closed]).toEqual(['ab', false]);
    expect(reader.read('', 0)).toBe(0);
    expect(reader.read('"', 0)).toBe(1);
    expect([reader.text, reader.closed]).toEqual(['ab', true]);
  });

  it('takes line ends and tabs as they are, and no other control, if it is raw', () => {
    const reader = new StringReader(true);
    reader.begin();
    expect(reader.read('a\n\r\tb\0', 0)).toBe(5);
    expect([reader.text, begun().read('a\n', 0)]).toEqual(['a\n\r\tb', 1]);
  });

  it.each([
    ['\\"\\\\\\/\\b\\f\\n\\r\\t', '"\\/\b\f\n\r\t'],
    ['\\u0041\\u00E9\\u00e9', 'Aéé'],
    ['\\ud83d\\ude00😀', '😀😀'],
    ['a\\ud83db', 'a\ud83db'],
    ['\\ud83d\\n', '\ud83d\n'],
    ['\\ude00\\ud83d', '\ude00\ud83d'],
    ['\ud83d\\ude00', '😀'],
    ['\\ud83d\ude00', '😀'],
    ['', ''],
  ])('reads %s in one piece and in many', (content, text) => {
    const whole = begun();
    whole.read(`${content}"`, 0);
    const split = begun();
    for (const char of `${content}"`.split('')) expect(split.read(char, 0)).toBe(1);
    expect([whole.text, whole.closed]).toEqual([text, true]);
    expect([split.text, split.closed]).toEqual([text, true]);
  });

  it('holds half a surrogate pair back until it is known that the other half does not come', () => {
    const reader = begun();
    const shown = ['\ud83d', '\\ud83d', '\\ude00', '\ud83d', '"'].map((piece) => {
      reader.read(piece, 0);
      return reader.text;
    });
    expect(shown).toEqual(['', '\ud83d', '\ud83d😀', '\ud83d😀', '\ud83d😀\ud83d']);
  });

  it.each([
    ['a\n', 1],
    ['a\u001f', 1],
    ['a\\a', 2],
    ['a\\U', 2],
    ['a\\u00g', 5],
    ['a\\u 000', 3],
    ['a\\u"', 3],
    ['a\\u00:0', 5],
  ])('stops before the wrong character of %j', (content, at) => {
    const reader = begun();
    expect(reader.read(`${content}"`, 0)).toBe(at);
    expect([reader.text, reader.closed]).toEqual(['a', false]);
  });

  it('begins anew, whatever was before', () => {
    const reader = begun();
    reader.read('a\\ud83d\\u00', 0);
    reader.begin();
    reader.read('b"', 0);
    expect([reader.text, reader.closed]).toEqual(['b', true]);
    reader.begin();
    expect([reader.text, reader.closed]).toEqual(['', false]);
  });
});
