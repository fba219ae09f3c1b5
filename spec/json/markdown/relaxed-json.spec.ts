import fc from 'fast-check';
import { RelaxedJson } from '../../../lib/json/markdown/relaxed-json.js';
import { inPieces, isPrefix, jsonText } from '../json-texts.js';

function read(pieces: Iterable<string>): RelaxedJson {
  const json = new RelaxedJson();
  for (const piece of pieces) json.push(piece);
  return json;
}

describe('RelaxedJson', () => {
  it.each<[string, unknown]>([
    ['{"k":1}', { k: 1 }],
    ['{"k":1,}', { k: 1 }],
    ['[1, 2 , ]', [1, 2]],
    ['[1, // one, two\n]', [1]],
    ['[1 /* , "x" ***/ , /**/ 2]', [1, 2]],
    ['// "k"\n{"k": "// no", "l": "/* no */"}', { k: '// no', l: '/* no */' }],
    ['{"k":"a,}"} // end', { k: 'a,}' }],
    ['1 /* end', 1],
  ])('reads %j', (text, value) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      expect([json.finish(), json.value]).toEqual([undefined, value]);
    }
  });

  it.each([
    ['[,]', 1],
    ['[1,,]', 3],
    ['{,}', 1],
    ['{"k":1},', 7],
    ['[1 / 2]', 3],
    ['{"k" /* c */ 1}', 13],
    ['1 /', 2],
  ])('of %j the problem is at %d', (text, position) => {
    for (const pieces of [[text], text.split('')])
      expect(read(pieces).finish()).toMatchObject({ reason: 'syntax', position });
  });

  it('reports whether it is inside a comment, or done', () => {
    const json = new RelaxedJson();
    const states = [...'{} //x\n'].map((char) => {
      json.push(char);
      return [json.done, json.insideComment];
    });
    expect(states).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [true, true],
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  it('reads any JSON as it is, in any pieces', () => {
    const documents = jsonText.chain((text) => fc.tuple(fc.constant(text), inPieces(text)));
    fc.assert(
      fc.property(documents, ([text, pieces]) => {
        const expected: unknown = JSON.parse(text);
        const json = new RelaxedJson();
        for (const piece of pieces) {
          json.push(piece);
          if (!isPrefix(json.value, expected)) return false;
        }
        return json.finish() === undefined && isPrefix(expected, json.value);
      }),
    );
  });
});
