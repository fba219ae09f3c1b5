import { JsonCandidate } from '../../../lib/json/markdown/json-candidate.js';

/** Reads all that it takes, and gives where it has stopped. */
function read(candidate: JsonCandidate, text: string): number {
  let at = 0;
  while (at < text.length && candidate.problem === undefined) at = candidate.read(text, at);
  return at;
}
const candidateOf = (text: string, start = 0, isRelaxed = false): JsonCandidate => {
  const candidate = new JsonCandidate(start, text.charAt(0), {}, isRelaxed);
  read(candidate, text);
  return candidate;
};

describe('JsonCandidate', () => {
  it.each([
    ['{', false],
    ['{"k"', false],
    ['{"k":', true],
    ['{ "k" :', true],
    ['[1, 2, ', false],
    ['["a"', false],
    ['["a",', true],
    ['[{"k":', true],
    ['"a:b,"', false],
  ])('%j is convincing: %s', (text, convincing) => {
    expect(candidateOf(text).convincing).toBe(convincing);
  });

  it.each([
    ['{}', { isObject: true, isContainer: true, isString: false, strong: false, done: true }],
    ['[1]', { isObject: false, isContainer: true, isString: false, strong: false, done: true }],
    ['["a"]', { isContainer: true, strong: true, done: true }],
    ['"a', { isContainer: false, isString: true, strong: true, done: false }],
    ['1', { isContainer: false, isString: false, strong: false, done: false }],
  ])('weighs %j', (text, expected) => {
    expect(candidateOf(text)).toMatchObject(expected);
  });

  it('reads a token at a time, and stops where it fails', () => {
    const text = '{"k": oops}';
    const candidate = new JsonCandidate(10, '{', {});
    const stops = [0];
    while (candidate.problem === undefined) stops.push(candidate.read(text, stops.at(-1)!));
    expect(stops).toEqual([0, 1, 2, 4, 5, 6]);
    expect(candidate.problem).toMatchObject({ reason: 'syntax', position: 16 });
  });

  it('keeps what may have to be read again, and no more', () => {
    const candidate = candidateOf('{"oops {"a', 5);
    expect([candidate.text, candidate.stringStart]).toEqual(['{"oops {"', 7]);
    expect(candidateOf('{"k":"x"').text).toBe('');
  });

  it('stops in front of a fence, not in a string or a comment', () => {
    expect(candidateOf('{"k":"`"}`').problem).toMatchObject({ position: 9 });
    const commented = candidateOf('[1, // `"', 0, true);
    expect([commented.isInside, commented.problem]).toEqual([true, undefined]);
    expect(read(commented, '"\n]')).toBe(3);
    expect([commented.isInside, commented.done, commented.value]).toEqual([false, true, [1]]);
  });

  it('ends', () => {
    expect(candidateOf('12', 3).finish()).toBeUndefined();
    expect(candidateOf('[', 3).finish()).toMatchObject({ reason: 'incomplete', position: 4 });
  });
});
