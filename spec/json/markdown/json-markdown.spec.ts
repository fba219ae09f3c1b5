import fc from 'fast-check';
import { JsonMarkdown } from '../../../lib/json/markdown/json-markdown.js';
import type { IncrementalJsonOptions } from '../../../lib/json/incremental-json.js';
import { inPieces, isPrefix, jsonText } from '../json-texts.js';

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
    ['{"k":1} and more', { k: 1 }],
    ['{"k":1}`', { k: 1 }],
    ['Sure! {"k":1} ok?', { k: 1 }],
    ['\uFEFF{"k":1}', { k: 1 }],
    ['\uFEFF\n```json\n{"k":1}\n```', { k: 1 }],
    ['Use {name}, {"x"}, {} or [1]: {"k":1}', { k: 1 }],
    ['They said {"oops {"k":1}', { k: 1 }],
    ['"{"k":1}"', { k: 1 }],
    ['`{"k":1}`', { k: 1 }],
    ['if a < b {"k":1}', { k: 1 }],
    ['<answer>{"k":1}</answer> not {"l":1}', { k: 1 }],
    ['> {"k":1}\n\nnot {"l":1}', { k: 1 }],
    ['See ["a"]: {"k":1}', { k: 1 }],
    ['{\n "k": 1\n}\n\nNote {"l": 1} and ["m"].', { k: 1 }],
    ['{"k":1}\n{"k": 1}', { k: 1 }],
    ['The list: []. Enjoy!', []],
    ['The list\n[1, 2]\nis short', [1, 2]],
    ['[1] ', [1]],
    ['[{"k":[1]}] is it', [{ k: [1] }]],
    ['<thinking>{"l":2}</thinking>{"k":1}', { k: 1 }],
    ['<Think budget="1">a < b, </b> ```json\n{"l":1}</THINK>\n{"k":1}', { k: 1 }],
    ['<think>Hm.</think>\n\n42', 42],
    ['Hm. {"l":1} oops {"l":</think>"gold"', 'gold'],
    ['{"k":"<thinking>"}', { k: '<thinking>' }],
    ['<thinking about it> {"k":1}</thinking>\n{"l":1}', { l: 1 }],
    ['<thinking fast {"k":1}', { k: 1 }],
    ['```bash\nnpm i\n```\n```json\n{"k":1}\n```', { k: 1 }],
    ['```python\nx = {"l": 1}\n```\n{"k":1}', { k: 1 }],
    ['```\nfor {x} in y\n```\n~~~\n{"k":1}\n~~~', { k: 1 }],
    ['```sh\n42\n```\n{"k":1}', { k: 1 }],
    ['```http\n{"l":1}\n```\n```json\n{"k":1}\n```', { k: 1 }],
    ['```json\n{"l":1,}\n```\n```json\n{"k":1}\n```', { k: 1 }],
    ['~~~json\n{"k":"~~~"}\n~~~', { k: '~~~' }],
    ['~~~json\n{"k":"`"}\n~~~\n{"l":1}', { k: '`' }],
    ['about ~~~ 3 {"k":1}', { k: 1 }],
    ['```javascript\n{"k":1}\n```', { k: 1 }],
    ['```jsonc\n{"k":1, // one "`"\n}\n```', { k: 1 }],
    ['```json5 title="x"\n[/* ``` */ 1,]\n```', [1]],
    ['```js {1,3}\n{"k":1}\n```', { k: 1 }],
    ['````json\n{"k":1}\n`````\n```json\n2```', { k: 1 }],
    ['```12```', 12],
    ['```js\nconst x = {"k":1};\n```', { k: 1 }],
    ['```ts\nexport const x: X = {"k":1, // one\n};\nf(x = {"l":1});\n```', { k: 1 }],
    ['```python\nx == {y}\nx = {y}\nx = {"k": """}\nx = {"k": "```"}\n```\n', { k: '```' }],
    ['```python\nx = {"l":1}\n```\n\n[1]', [1]],
    ['```markdown\n# k\n\n```json\n{"k":1}\n```\n```', { k: 1 }],
    ['~~~md\n{"k":1}\n~~~', { k: 1 }],
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
    ['[1]', [1]],
    ['[1] is', undefined],
    ['[1]\n ```json\n', [1]],
    ['[1]\n ```json\n{', {}],
    ['Look at {', undefined],
    ['Look at {"k"', undefined],
    ['Look at {"k":', {}],
    ['Look at ["k"', undefined],
    ['Look at ["k",', ['k']],
    ['12 ', undefined],
    ['"go', 'go'],
    ['```\n{', undefined],
    ['```\n{"k":1', {}],
    ['```\n[1]', [1]],
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
    ['12 is it', 'syntax', 3],
    ['"gold" is it', 'syntax', 7],
    ['Sure ``', 'syntax', 0],
    ['Sure ```', 'incomplete', 8],
    ['Sure ```js', 'incomplete', 10],
    ['Sure ```js```', 'incomplete', 13],
    ['```json\n{"k":```', 'incomplete', 13],
    ['```json\n{"k":`1`}```', 'syntax', 13],
    ['```json\n{"k":1,}\n```', 'syntax', 15],
    ['```json\n{"k":1}\n{"l":1}\n```', 'syntax', 16],
    ['```json\n{"k":1e999}\n```', 'range', 18],
    ['{"draft":1}\n```json\n{"k":', 'incomplete', 25],
    // Its parts are not the JSON that was meant.
    ['{"k":oops,"l":{"m":1}}', 'syntax', 5],
    ['{\n"k":oops,\n"l":\n{"m":1}}', 'syntax', 6],
    ['Look: {"k":{"m":1},}', 'syntax', 19],
    ['["a", oops, ["b"]]', 'syntax', 6],
    ['"k":1,"l":{"m":1}}', 'syntax', 3],
    ['{"k":1},"l":2}', 'syntax', 8],
    // Which of the two is not for us to say.
    ['{"k":1}\n{"l":1}', 'syntax', 8],
    ['{"k":1}, {"l":1}', 'syntax', 9],
    ['Either {"k":1} or {"l":1}', 'syntax', 18],
    ['{"k":1}\n{"l":', 'incomplete', 13],
    // What is no JSON that anybody means.
    ['As in [1], no', 'syntax', 0],
    ['[1] Smith', 'incomplete', 9],
    ['Say {} or {name}', 'syntax', 0],
    ['```sh\n42\n```', 'incomplete', 12],
    ['<thinking>{"k":1}', 'incomplete', 17],
  ])('of %j the problem is %s at %d', (text, reason, position) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      const problem = json.finish();
      expect(problem).toMatchObject({ reason, position });
      expect(json.problem).toEqual(problem);
      expect(json.finish()).toEqual(problem);
    }
  });

  it('reports a problem at the end, where nothing can come any more, and a limit at once', () => {
    expect(read(['```json\n{"k":1 x']).problem).toBeUndefined();
    expect(read(['[[['], { maxDepth: 2 }).problem).toMatchObject({ reason: 'limit', position: 2 });
    expect(read(['Sure: [[['], { maxDepth: 2 }).problem).toMatchObject({ position: 8 });
    expect(read(['```json\n[[['], { maxDepth: 2 }).problem).toMatchObject({ position: 10 });
    expect(read(['Sure, ', 'sure'], { maxLength: 8 }).problem).toMatchObject({ position: 8 });
  });

  it('reads nothing behind its end', () => {
    const json = read(['```json\n1\n```', '\n```json\n2```']);
    expect(json.finish()).toBeUndefined();
    json.push('```json\n3```');
    expect([json.value, json.finish()]).toEqual([1, undefined]);
  });

  it('takes line ends in strings if it may', () => {
    expect(read(['{"k":"a\n\tb"}']).finish()).toMatchObject({ reason: 'syntax', position: 7 });
    const json = read(['Look: {"k":"a\r\n\tb"}'], { rawNewlines: true });
    expect([json.finish(), json.value]).toEqual([undefined, { k: 'a\r\n\tb' }]);
  });

  it.each([
    ['{"', '{"'],
    ['[1 ', ''],
    ['["x" ', ''],
    ['{ "\\"', ''],
    ['{"a":1}\n', ''],
    ['{', '"'],
    ['<think ', ''],
    ['```\n', ''],
    ['"/', '```js\n//"'],
    ['={"', '```js\n'],
    ['={"x":"y" ', '```js\n'],
    ['={"x":"y"} ', '```js\n'],
    ['```md\n', ''],
  ])('reads no character more than three times: %j', (piece, before) => {
    const read = jest.spyOn(String.prototype, 'charAt');
    const countOf = (times: number) => {
      read.mockClear();
      const json = new JsonMarkdown();
      json.push(before + piece.repeat(times));
      json.finish();
      return read.mock.calls.length;
    };
    const [few, many] = [countOf(100), countOf(1000)];
    read.mockRestore();
    expect(many).toBeLessThanOrEqual(few * 11);
  });

  it('is right for any document in any wrapping in any pieces, each value a prefix of the last', () => {
    const documents = fc
      .tuple(jsonText, wrappings)
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

  it('finds any object or array that holds a string in any prose', () => {
    const recorded = jsonText.filter((text) => /^\s*[[{]/.test(text) && text.includes('"'));
    const documents = fc
      .tuple(recorded, proseBefore, proseBehind)
      .chain(([text, before, behind]) =>
        fc.tuple(fc.constant(JSON.parse(text) as unknown), inPieces(before + text.trim() + behind)),
      );
    fc.assert(
      fc.property(documents, ([expected, pieces]) => {
        const json = read(pieces);
        return json.finish() === undefined && isPrefix(expected, json.value);
      }),
    );
  });

  it('says the same however a text is cut', () => {
    const part = fc.constantFrom(
      ...['{', '}', '[', ']', '"', ':', ',', '"k"', '{"k":1}', '["a"]', '[1]', ' ', '\n', 'x', '1'],
      ...['`', '```', '~~~', 'json', 'js\n', '<', 'think>', '<think>', '</think>', '/', '\\', '//'],
    );
    const texts = fc
      .array(part, { maxLength: 14 })
      .map((parts) => parts.join(''))
      .chain((text) => fc.tuple(fc.constant(text), inPieces(text)));
    fc.assert(
      fc.property(texts, ([text, pieces]) => {
        const [whole, cut] = [read([text]), read(pieces)];
        expect([cut.finish(), cut.value]).toEqual([whole.finish(), whole.value]);
      }),
      { numRuns: 1000 },
    );
  });
});

const wrappings = fc
  .tuple(
    fc.constantFrom('', '\uFEFF', '<thinking>{"l":[1]} ```json\n</thinking>\n', 'Hm.</think>'),
    fc.constantFrom('', 'Look at {name} [1]:\n', '```bash\nls | jq "{k: .l}"\n```\n', '~~~\n~~~\n'),
    fc.constantFrom(
      ['```json\n', '\n```'],
      ['~~~json\n', '\n~~~'],
      ['```jsonc\n// {"l":1}\n', '\n// "\n```'],
      ['```javascript\n', '\n```'],
      ['Look:\n````\n', '\n```` `ok`'],
    ),
    fc.constantFrom('', '\n', '\nThat is {all}, see [1].', '\n{"l":"m"}'),
  )
  .map(([thought, before, [open, close], behind]) => [thought + before + open, close + behind])
  .chain(([before, behind]) =>
    fc.constantFrom([before!, behind!], ['', ''], ['<think>x</think>', '']),
  );

const proseBefore = fc
  .array(
    fc.constantFrom(
      ...['Sure! ', 'Use {name} ', 'in [1] ', '{} ', '\n', 'a < b ', '<b>', '{"said" '],
      ...['```sh\nls {a}\n```\n', '<think>{"l":1}</think>', '[see] ', '"so": ', '~ ', '`x` '],
    ),
    { maxLength: 6 },
  )
  .map((parts) => `Well, ${parts.join('')}`);

const proseBehind = fc.constantFrom('', '.', '\n\nEnjoy {it} [1]!', ' ok', '\n```sh\nls\n```', '`');
