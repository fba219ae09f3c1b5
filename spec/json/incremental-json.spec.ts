import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { IncrementalJson, type IncrementalJsonOptions } from '../../lib/json/incremental-json.js';
import { cut, inPieces, isContainer, isPrefix, jsonText } from './json-texts.js';

function read(pieces: Iterable<string>, options?: IncrementalJsonOptions): IncrementalJson {
  const json = new IncrementalJson(options);
  for (const piece of pieces) json.push(piece);
  return json;
}

/** Every value that reading after each piece shows, and the one at the end. */
function snapshots(pieces: Iterable<string>): unknown[] {
  const json = new IncrementalJson();
  const shown: unknown[] = [];
  for (const piece of pieces) {
    json.push(piece);
    shown.push(json.value);
  }
  json.finish();
  return [...shown, json.value];
}

function parse(text: string): { value?: unknown; valid: boolean } {
  try {
    return { value: JSON.parse(text) as unknown, valid: true };
  } catch {
    return { valid: false };
  }
}

describe('the value of a text that has not ended', () => {
  it.each<[string, unknown]>([
    ['', undefined],
    [' \n\r\t', undefined],
    ['{', {}],
    ['[', []],
    ['"', ''],
    ['"gold', 'gold'],
    ['12', undefined],
    ['12 ', 12],
    ['true', undefined],
    ['true\n', true],
    ['null ', null],
    ['{"k', {}],
    ['{"k"', {}],
    ['{"k" :', {}],
    ['{"k":-', {}],
    ['{"k":4', {}],
    ['{"k":4.', {}],
    ['{"k":4e', {}],
    ['{"k":4\t', { k: 4 }],
    ['{"k":4,', { k: 4 }],
    ['{"k":fals', {}],
    ['{"k":false', {}],
    ['{"k":false}', { k: false }],
    ['{"k":"', { k: '' }],
    ['{"k":"v\\', { k: 'v' }],
    ['{"k":"v\\u00e', { k: 'v' }],
    ['{"k":"v\\u00e9', { k: 'vé' }],
    ['{"k":"v\\ud83d', { k: 'v' }],
    ['{"k":"v\\ud83d\\', { k: 'v' }],
    ['{"k":"v\\ud83d\\ude00', { k: 'v😀' }],
    ['{"k":"v\ud83d', { k: 'v' }],
    ['{"k":"v\ud83dx', { k: 'v\ud83dx' }],
    ['{"k":"v\\ud83d\\ud83d', { k: 'v\ud83d' }],
    ['{"k":"\\ud83d"', { k: '\ud83d' }],
    ['{"k":{"l":', { k: {} }],
    ['[7', []],
    ['[7,', [7]],
    ['[7,8', [7]],
    ['[[7],[', [[7], []]],
    ['[{"k":"v"},{"k":"w', [{ k: 'v' }, { k: 'w' }]],
    ['{"k":1,"k":', { k: 1 }],
    ['{"k":1,"k":"', { k: '' }],
  ])('%j shows %j', (text, value) => {
    const whole = read([text]);
    expect(whole.value).toStrictEqual(value);
    expect(read(text.split('')).value).toStrictEqual(value);
    expect(whole.problem).toBeUndefined();
  });
});

describe('a whole text', () => {
  it.each([
    '{"k":[1,{"l":"v"}]}',
    ' [] ',
    '"v"',
    '-0',
    '1e5',
    'null',
    '9007199254740993',
    '{"k":1,"k":2}',
  ])('%j gives what JSON.parse gives', (text) => {
    for (const pieces of [[text], text.split('')]) {
      const json = read(pieces);
      expect(json.finish()).toBeUndefined();
      expect(json.value).toStrictEqual(JSON.parse(text));
      expect(json.done).toBe(true);
    }
  });

  it('is done at its last character, a number at the top level at what follows it', () => {
    expect(read(['[1]']).done).toBe(true);
    expect(read(['[1']).done).toBe(false);
    expect(read(['1']).done).toBe(false);
    expect(read(['1', '\n']).done).toBe(true);
  });

  it('[17] has `__proto__` and other names of Object.prototype as own members', () => {
    const text = '{"__proto__":{"x":1},"a":{"__proto__":"v","constructor":{"prototype":{"y":2}}}}';
    const [before, last] = [
      snapshots([text.slice(0, 14)]).at(-1),
      snapshots(text.split('')).at(-1),
    ];
    expect(Object.getOwnPropertyNames(before)).toEqual(['__proto__']);
    expect(isDeepStrictEqual(last, JSON.parse(text))).toBe(true);
    expect(Object.getPrototypeOf(last)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('x');
    expect({}).not.toHaveProperty('y');
  });
});

describe('a text that is not JSON', () => {
  it.each<[string, number]>([
    ['{"k":1}}', 7],
    ['[1]1', 3],
    ['{"k":1,}', 7],
    ['[1,]', 3],
    ['[1,,2]', 3],
    ['{,', 1],
    ['[}', 1],
    ['[1}', 2],
    ['{"k":1]', 6],
    ['{"k"1', 4],
    ['{"k":1 2', 7],
    ['{k', 1],
    ["{'k'", 1],
    ['NaN', 0],
    ['Infinity', 0],
    ['undefined', 0],
    ['nulll', 4],
    ['nxll', 1],
    ['// c', 0],
    ['\ufeff{}', 0],
    ['\u00a0', 0],
    ['"v\n', 2],
    ['"v\u0000', 2],
    ['"\\x', 2],
    ['"\\u00g', 5],
    ['"\\\n', 2],
    ['01', 1],
    ['-a', 1],
    ['+1', 0],
    ['.5', 0],
    ['1.e', 2],
    ['1e+-', 3],
    ['1.5.', 3],
    ['0x1', 1],
    ['--', 1],
  ])('%j is a problem at %d, and not before', (text, position) => {
    for (const pieces of [[text], text.split('')]) {
      expect(read(pieces).problem).toMatchObject({ reason: 'syntax', position });
    }
    expect(read([text.slice(0, position)]).problem).toBeUndefined();
  });

  it('keeps the last valid value, reads no further and has no second problem', () => {
    const json = read(['{"k":["v"', 'x', ',"w"]}']);
    const { problem, value } = json;
    expect(value).toEqual({ k: ['v'] });
    json.push(']}');
    expect(json.finish()).toBe(problem);
    expect(json.value).toBe(value);
  });

  it('[21] reports nothing of the text', () => {
    const { problem } = read(['{"secret":secret}']);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it.each([
    ['', 0],
    ['  ', 2],
    ['{"k":[1', 7],
    ['"v', 2],
    ['"v\\', 3],
    ['tru', 3],
    ['-', 1],
    ['1.', 2],
    ['{"k":1', 6],
  ])('%j is incomplete at its end', (text, position) => {
    const json = read([text]);
    expect(json.problem).toBeUndefined();
    expect(json.finish()).toMatchObject({ reason: 'incomplete', position });
    expect(json.finish()).toBe(json.problem);
    expect(json.done).toBe(false);
  });

  it.each(['1e400', '[-1e999,', '{"k":1e400}'])('%j has a number out of range', (text) => {
    const json = read([text]);
    expect(json.finish()).toMatchObject({ reason: 'range' });
    expect(json.value).toStrictEqual({ '1': undefined, '[': [], '{': {} }[text.charAt(0)]);
  });
});

describe('the limits', () => {
  it('[27] is 256 levels', () => {
    expect(read(['['.repeat(256)]).problem).toBeUndefined();
    expect(read(['['.repeat(257)]).problem).toMatchObject({ reason: 'limit', position: 256 });
  });

  it('[27] is 4 Mi characters, however they come', () => {
    const text = `"${'x'.repeat(4 * 1024 * 1024 - 2)}"`;
    expect(read([text]).finish()).toBeUndefined();
    expect(read([text, '\n']).finish()).toMatchObject({ reason: 'limit', position: text.length });
    expect(read([`${text}\n`]).finish()).toMatchObject({ reason: 'limit', position: text.length });
  });

  it('can be set', () => {
    expect(read(['[['], { maxDepth: 1 }).problem).toMatchObject({ reason: 'limit', position: 1 });
    expect(read(['"abc'], { maxLength: 3 }).problem).toMatchObject({
      reason: 'limit',
      position: 3,
    });
    expect(read(['"abc'], { maxLength: 3 }).value).toBe('ab');
  });

  it('reports the problem that comes first', () => {
    expect(read(['[x]'], { maxLength: 2 }).problem).toMatchObject({
      reason: 'syntax',
      position: 1,
    });
  });

  it('reads 200,000 levels if it must, and survives them if it must not', () => {
    const deep = '['.repeat(200_000);
    expect(read([deep]).problem).toMatchObject({ reason: 'limit' });
    const json = read([deep], { maxDepth: Infinity });
    let levels = 0;
    for (let at = json.value; Array.isArray(at); at = at[0] as unknown) levels++;
    expect(levels).toBe(200_000);
    json.push(']'.repeat(200_000));
    expect(json.finish()).toBeUndefined();
  });

  it.each([0, -1, 1.5, NaN])('refuses %p', (limit) => {
    expect(() => new IncrementalJson({ maxDepth: limit })).toThrow(TypeError);
    expect(() => new IncrementalJson({ maxLength: limit })).toThrow(
      new TypeError(`maxLength must be a positive integer, not ${String(limit)}`),
    );
  });
});

describe('T041 for any document in any pieces', () => {
  const documents = jsonText.chain((text) => fc.tuple(fc.constant(text), inPieces(text)));

  it('[16] the last value is that of JSON.parse', () => {
    fc.assert(
      fc.property(documents, ([text, pieces]) => {
        const json = read(pieces);
        return json.finish() === undefined && isDeepStrictEqual(json.value, JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('[16] every value is a prefix of those that follow', () => {
    fc.assert(
      fc.property(documents, ([text, pieces]) => {
        const shown = [...snapshots(pieces), JSON.parse(text) as unknown];
        return shown.every((value, at) => at === 0 || isPrefix(shown[at - 1], value));
      }),
      { numRuns: 1000 },
    );
  });

  it('what is shown depends on the text alone, not on its pieces', () => {
    fc.assert(
      fc.property(documents, ([text, pieces]) => {
        let length = 0;
        return snapshots(pieces)
          .slice(0, -1)
          .every((value, at) => {
            length += pieces[at]!.length;
            return isDeepStrictEqual(value, read([text.slice(0, length)]).value);
          });
      }),
    );
  });

  it('no value ever changes, and equal branches of successive values are the same object', () => {
    fc.assert(
      fc.property(documents, ([, pieces]) => {
        const json = new IncrementalJson();
        const shown: unknown[] = [];
        for (const piece of pieces) {
          json.push(piece);
          // What is frozen throws if it is written to.
          shown.push(deepFreeze(json.value));
        }
        json.finish();
        shown.push(json.value);
        return shown.every((value, at) => at === 0 || sharesEqualBranches(shown[at - 1], value));
      }),
      { numRuns: 500 },
    );
  });

  function deepFreeze(value: unknown): unknown {
    if (isContainer(value)) Object.values(Object.freeze(value)).forEach(deepFreeze);
    return value;
  }

  function sharesEqualBranches(before: unknown, now: unknown): boolean {
    if (before === now || !isContainer(before) || !isContainer(now)) return true;
    if (isDeepStrictEqual(before, now)) return false;
    return Object.keys(before).every((key) => sharesEqualBranches(before[key], now[key]));
  }
});

describe('for any text that may be no JSON', () => {
  const edits = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.integer({ min: 0, max: 2 }),
      added: fc.constantFrom(
        '',
        ',',
        ':',
        '"',
        '[',
        ']',
        '{',
        '}',
        '0',
        '-',
        '.',
        'e',
        '\\',
        'u',
        ' ',
        '\n',
        'tr',
      ),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const mutants = fc.tuple(jsonText, edits).map(([valid, changes]) =>
    changes.reduce((text, { at, removed, added }) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + added + text.slice(from + removed);
    }, valid),
  );

  it('the judgement is that of JSON.parse, but for numbers out of range', () => {
    fc.assert(
      fc.property(mutants, fc.integer({ min: 1, max: 5 }), (text, size) => {
        const json = read(cut(text, [size]));
        const problem = json.finish();
        if (problem?.reason === 'range') return /\d[eE]\+?\d{3}|\d{300}/.test(text);
        const expected = parse(text);
        return (
          (problem === undefined) === expected.valid &&
          (!expected.valid || isDeepStrictEqual(json.value, expected.value))
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('a problem is reported at once: all that came before could still have become JSON', () => {
    fc.assert(
      fc.property(mutants, (text) => {
        const problem = read([text]).problem;
        const possible = problem === undefined ? text : text.slice(0, problem.position);
        return (
          problem?.reason === 'range' ||
          endings(possible).some((end) => parse(possible + end).valid)
        );
      }),
      { numRuns: 2000 },
    );
  });

  /** Ways to end a text: what its last token may lack, a value if one is missing, and all open brackets. */
  function endings(text: string): string[] {
    const tokens = text.replace(/"(\\[^]|[^"\\])*("|\\?$)/g, (string) =>
      /^"(\\[^]|[^"\\])*"$/.test(string) ? '""' : '"',
    );
    const open: string[] = [];
    for (const token of tokens) {
      if (token === '{') open.unshift('}');
      if (token === '[') open.unshift(']');
      if (token === '}' || token === ']') open.shift();
    }
    const strings = ['', '\\', 'n', '0', '00', '000', '0000'].flatMap((end) => [
      `${end}"`,
      `${end}":0`,
    ]);
    const words = ['true', 'false', 'null'].flatMap((word) =>
      [1, 2, 3, 4].map((at) => word.slice(at)),
    );
    return ['', '0', ':0', '"":0', ...strings, ...words].map((end) => end + open.join(''));
  }
});

describe('a wide document', () => {
  const numbers = Array.from({ length: 20_000 }, (_, at) => at);
  const text = JSON.stringify(numbers);

  it('[16] costs copies in proportion to its text, though it is read at every delta', () => {
    let copied = 0;
    let last: unknown;
    const json = new IncrementalJson();
    for (const piece of cut(text, [4])) {
      json.push(piece);
      if (json.value !== last) copied += (json.value as unknown[]).length;
      last = json.value;
    }
    expect(copied).toBeLessThan(20 * text.length);
    expect(last).toEqual(numbers);
  });

  it('is never far behind', () => {
    const json = new IncrementalJson();
    let length = 0;
    for (const piece of cut(JSON.stringify(numbers.slice(0, 3_000)), [4])) {
      json.push(piece);
      length += piece.length;
      const shown = json.value as unknown[];
      const lag = length - JSON.stringify(shown).length;
      expect(lag).toBeLessThan(10 + shown.length / 5);
    }
  });

  it('is exact when it is read seldom', () => {
    const json = new IncrementalJson();
    let length = 0;
    for (const piece of cut(text.slice(0, -1), [20_000])) {
      json.push(piece);
      length += piece.length;
      const whole = text.slice(0, text.lastIndexOf(',', length - 1));
      expect(json.value).toEqual(JSON.parse(`${whole}]`));
    }
  });

  it.each([
    ['it is finished', ''],
    ['it turns out to be no JSON', '}'],
    ['it is complete', ']'],
  ])('is exact when %s', (_when, end) => {
    const json = new IncrementalJson();
    const shown: unknown[] = [];
    for (const piece of cut(text.slice(0, -1), [4])) {
      json.push(piece);
      shown.push(json.value);
    }
    json.push(`,1 ${end}`);
    json.finish();
    expect(new Set(shown).size).toBeLessThan(shown.length / 10);
    expect(json.value).toEqual([...numbers, 1]);
  });
});

// Cases that are not the project's to carry are tested where they lie beside it.
const table = join(__dirname, '../../../shared/cases/partial-json-cases.json');
if (existsSync(table)) {
  interface Case {
    readonly input: string;
    readonly value: unknown;
    readonly state: string;
  }
  const { cases } = JSON.parse(readFileSync(table, 'utf8')) as { cases: Case[] };
  it.each(cases)('case $input', ({ input, value, state }) => {
    const [, repeated, times] = /^REPEAT:(.):(\d+)$/.exec(input) ?? [];
    const json = read([repeated === undefined ? input : repeated.repeat(Number(times))]);
    const { problem, done } = json;
    if (state === 'policy')
      expect(problem?.reason ?? json.value).toEqual(
        /\de/.test(input) ? 'range' : JSON.parse(input),
      );
    else if (state === 'limit') expect(problem?.reason).toBe('limit');
    else if (state === 'invalid') expect(json.finish()?.reason).toBe('syntax');
    else
      expect({ value: json.value ?? null, done, problem }).toEqual({
        value,
        done: state === 'complete',
      });
  });
}
