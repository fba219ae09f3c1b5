import fc from 'fast-check';
import { JsonMarkdown } from '../../lib/json/json-markdown.js';
import type { IncrementalJsonOptions } from '../../lib/json/incremental-json.js';
import { inPieces, isPrefix, jsonText } from './json-texts.js';

function read(pieces: Iterable<string>, options?: IncrementalJsonOptions): JsonMarkdown {
  const json = new JsonMarkdown(options);
  for (const piece of pieces) json.push(piece);
  return json;
}

describe('JsonMarkdown', () => {
  it.each<[string, unknown]>([
    ['{"k":1}', { k: 1 }],
    [' 12', 12],
    ['```json\n{"k":1}\n```', { k: 1 }],
    ['```\n{"k":1}\n```', { k: 1 }],
    ['```{"k":1}```', { k: 1 }],
    ['```json{"k":1}```', { k: 1 }],
    ['```JSON\r\n{"k":1}\r\n```', { k: 1 }],
    ['````json\n{"k":1}\n````', { k: 1 }],
    ['```true```', true],
    ['```json\n{"k":1}', { k: 1 }],
    ['```json\n{"k":1}\n``', { k: 1 }],
    ['Sure, `here` it ``is``:\n```json\n{"k":1}\n```\nEnjoy! ```json\n[]```', { k: 1 }],
    ['[Note] ```json\n{"k":1}\n```', { k: 1 }],
    ['3 of them:\n```json\n[1,2,3]```', [1, 2, 3]],
    ['{"k":"```js\\nf()\\n```"}', { k: '```js\nf()\n```' }],
    ['```json\n{"k":"a ``` b"}\n```', { k: 'a ``` b' }],
    ['{"k":1}\n```', { k: 1 }],
    ['{"k":1}\n```\nThat is all.', { k: 1 }],
    ['{"draft":1}\n```json\n{"k":1}\n```', { k: 1 }],
    ['null ```json\nnull```', null],
  ])('finds in %j the value %j', (text, value) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      expect(json.finish()).toBeUndefined();
      expect(json.value).toStrictEqual(value);
      expect(json.problem).toBeUndefined();
    }
  });

  it.each<[string, unknown]>([
    ['`', undefined],
    ['```', undefined],
    ['```js', undefined],
    ['```json\n', undefined],
    ['```json\n{"k":"v', { k: 'v' }],
    ['Sure:\n```json\n[1,', [1]],
    ['Sure', undefined],
    ['[1] is', [1]],
    ['[1] is ```json\n', [1]],
    ['[1] is ```json\n{', {}],
  ])('shows of %j %j', (text, value) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      expect(json.value).toStrictEqual(value);
      expect(json.problem).toBeUndefined();
    }
  });

  it.each<[string, string, number]>([
    ['', 'incomplete', 0],
    ['{"k":', 'incomplete', 5],
    ['Sure', 'syntax', 0],
    ['{"k":1} and more', 'syntax', 8],
    ['{"k":1}`', 'syntax', 7],
    ['{"k":1}`x``', 'syntax', 7],
    ['Sure ``', 'syntax', 0],
    ['Sure ```', 'incomplete', 8],
    ['Sure ```js', 'syntax', 8],
    ['Sure ```js```', 'syntax', 8],
    ['Sure ```json', 'incomplete', 12],
    ['```jsonc\n{}```', 'syntax', 7],
    ['```json\n{"k":```', 'incomplete', 13],
    ['```json\n{"k":`1`}```', 'syntax', 13],
    ['```json\n{"k":1,}\n```', 'syntax', 15],
    ['```json\n{"k":1e999}\n```', 'range', 18],
  ])('of %j the problem is %s at %d', (text, reason, position) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      const problem = json.finish();
      expect(problem).toMatchObject({ reason, position });
      expect(json.problem).toEqual(problem);
      expect(json.finish()).toEqual(problem);
    }
  });

  it('tells a problem inside a block, or beyond a limit, at once; of prose, not before the end', () => {
    expect(read(['```json\n{"k":1 x']).problem).toMatchObject({ reason: 'syntax', position: 15 });
    expect(read(['[[['], { maxDepth: 2 }).problem).toMatchObject({ reason: 'limit', position: 2 });
    expect(read(['```json\n[[['], { maxDepth: 2 }).problem).toMatchObject({ position: 10 });
    expect(read(['Sure! Here']).problem).toBeUndefined();
  });

  it('is done when its value is', () => {
    expect(read(['{"k":1}']).done).toBe(true);
    expect(read(['Sure:\n```json\n{"k":1']).done).toBe(false);
    expect(read(['Sure:\n```json\n{"k":1}']).done).toBe(true);
  });

  it('reads nothing behind its end', () => {
    const json = read(['```json\n1\n```', '\n```json\n2```']);
    expect(json.finish()).toBeUndefined();
    json.push('```json\n3```');
    expect([json.value, json.finish()]).toEqual([1, undefined]);
  });

  it('is right for any document in any fence in any pieces, each value a prefix of the last', () => {
    const frames = fc.constantFrom(['', ''], ['```json\n', '\n```'], ['Look:\n```', '``` `ok`']);
    const documents = fc
      .tuple(jsonText, frames)
      .chain(([text, [before, after]]) =>
        fc.tuple(fc.constant(JSON.parse(text) as unknown), inPieces(`${before}${text}${after}`)),
      );
    fc.assert(
      fc.property(documents, ([expected, pieces]) => {
        const json = new JsonMarkdown();
        for (const piece of pieces) {
          json.push(piece);
          if (!isPrefix(json.value, expected)) return false;
        }
        return json.finish() === undefined && isPrefix(expected, json.value);
      }),
    );
  });
});
