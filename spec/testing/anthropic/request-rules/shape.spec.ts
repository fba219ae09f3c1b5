import {
  any,
  asText,
  dictionary,
  first,
  flag,
  isJson,
  list,
  matching,
  number,
  object,
  one,
  type Shape,
  tagged,
  text,
  textOr,
} from '../../../../lib/testing/anthropic/request-rules/shape.js';

const point = object({ x: number(), 'name?': text });
const figure = tagged({ dot: { at: point }, line: { points: list(point) } });

describe('a shape takes', () => {
  it.each<[string, Shape, unknown]>([
    ['anything', any, Symbol.iterator],
    ['a string', text, ''],
    ['a boolean', flag, false],
    ['an object', dictionary, {}],
    ['a number', number(0, 1), 1],
    ['one of its words', one('a', 'b'), 'b'],
    ['a string of its pattern', matching(/^a+$/), 'aa'],
    ['a list', list(text), ['a', '']],
    ['a string in place of a list', textOr(list(text)), 'a'],
    ['a list in place of a string', textOr(list(text)), ['a']],
    ['its fields', point, { x: 1, name: 'a' }],
    ['its fields without one that may be absent', point, { x: 1 }],
    ['null where a field may be absent', point, { x: 1, name: null }],
    ['the fields of a type', figure, { type: 'dot', at: { x: 1 } }],
  ])('%s', (_, shape, value) => {
    expect(shape(value, 'at')).toBeUndefined();
  });
});

describe('a shape says what is wrong, and where', () => {
  it.each<[string, Shape, unknown]>([
    ['at: Input should be a valid string', text, 1],
    ['at: Input should be a valid boolean', flag, 'true'],
    ['at: Input should be a valid dictionary', dictionary, []],
    ['at: Input should be a valid number', number(), '1'],
    ['at: Input should be greater than or equal to 1', number(1), 0],
    ['at: Input should be less than or equal to 1', number(0, 1), 2],
    ["at: Input should be 'a', 'b' or 'c'", one('a', 'b', 'c'), 'd'],
    ["at: Input should be 'a'", one('a'), 1],
    ["at: String should match pattern '^a+$'", matching(/^a+$/), 'b'],
    ['at: Input should be a valid string', matching(/^a+$/), 1],
    ['at: Input should be a valid list', list(text), { length: 0 }],
    ['at.1: Input should be a valid string', list(text), ['a', 1]],
    ['at: Input should be a valid list', textOr(list(text)), 1],
    ['at: Input should be a valid dictionary', point, null],
    ['at.x: Field required', point, { name: 'a' }],
    ['at.x: Field required', point, Object.create({ x: 1 })],
    ['at.name: Input should be a valid string', point, { x: 1, name: 1 }],
    ['at.y: Extra inputs are not permitted', point, { x: 1, y: undefined }],
    ['at.constructor: Extra inputs are not permitted', point, { x: 1, constructor: 1 }],
    ['at: Input should be a valid dictionary or object', figure, 'dot'],
    ["at: Unable to extract tag using discriminator 'type'", figure, {}],
    [
      "at: Input tag 'constructor' found using 'type' does not match any of the expected tags: 'dot', 'line'",
      figure,
      { type: 'constructor' },
    ],
    ['at.dot.at.x: Field required', figure, { type: 'dot', at: {} }],
    ['at.line.points.0.x: Field required', figure, { type: 'line', points: [{}] }],
    [
      'at.dot.points: Extra inputs are not permitted',
      figure,
      { type: 'dot', at: { x: 1 }, points: [] },
    ],
  ])('%s', (message, shape, value) => {
    expect(shape(value, 'at')).toBe(message);
  });
});

it('isJson takes objects alone', () => {
  expect([{}, [], null, 'a', 1].map(isJson)).toEqual([true, false, false, false, false]);
});

it('asText takes strings alone', () => {
  expect(['a', 1, null, {}].map(asText)).toEqual(['a', '', '', '']);
});

it('first stops at the first that says something', () => {
  const seen: number[] = [];
  const wrong = (item: number): string | undefined => {
    seen.push(item);
    return item > 1 ? `not ${String(item)}` : undefined;
  };
  expect(first([1, 2, 3], wrong)).toBe('not 2');
  expect(seen).toEqual([1, 2]);
  expect(first([1], wrong)).toBeUndefined();
});
