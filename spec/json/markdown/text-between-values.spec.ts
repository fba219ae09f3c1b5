import { type Beginning, Prose } from '../../../lib/json/markdown/text-between-values.js';

/** What is found in a text, each with its position, up to the first beginning of a value. */
function found(text: string, prose = new Prose()): [Beginning, number][] {
  const all: [Beginning, number][] = [];
  for (const [at, char] of [...text].entries()) {
    const beginning = prose.read(char, at);
    if (beginning === undefined) continue;
    all.push([beginning, at]);
    if (beginning === 'value') break;
    prose.goOn(char);
  }
  return all;
}

describe('Prose', () => {
  it.each<[string, [Beginning, number][]]>([
    ['  12', [['value', 2]]],
    ['\uFEFF12', [['value', 1]]],
    ['x'.repeat(3), [['value', 0]]],
    ['```', [['fence', 2]]],
    ['`` ```', [['fence', 5]]],
    ['~~~', [['fence', 2]]],
    ['<think', [['tag', 0]]],
  ])('finds in %j %j', (text, expected) => {
    expect(found(text).slice(0, 1)).toEqual(expected);
  });

  it('takes an object or array for a value only, behind its beginning', () => {
    const prose = new Prose();
    prose.goOn('x');
    expect(found(' 1 "a" ~~~ [', prose)).toEqual([['value', 11]]);
    expect(prose.place).toMatchObject({ isFirst: false, isOwnLine: false, followsColon: false });
  });

  it.each([
    ['\n{', true, false],
    ['\n  {', true, false],
    ['\n> {', true, false],
    ['\n- {', false, false],
    [': {', false, true],
    [':\n{', true, true],
  ])(
    'says of the value behind %j that it begins a line: %s, that it follows a colon: %s',
    (text, isOwnLine, followsColon) => {
      const prose = new Prose();
      prose.goOn('x');
      expect(found(text, prose).at(-1)?.[0]).toBe('value');
      expect(prose.place).toEqual({ isFirst: false, isOwnLine, followsColon });
    },
  );

  it('says of a value right behind another that it stands as that one does', () => {
    for (const isOwnLine of [true, false]) {
      const prose = new Prose();
      prose.goOnBehindValue(isOwnLine);
      found(' , {', prose);
      expect(prose.place.isOwnLine).toBe(isOwnLine);
    }
  });

  it('finds that a value goes on behind its end', () => {
    const prose = new Prose();
    prose.goOnBehindValue(true);
    expect(found(' , "k"', prose)).toContainEqual(['rest', 3]);
    prose.goOnBehindValue(true);
    expect(found(', as "k"', prose)).toEqual([]);
  });

  it('takes the end of a fence for one, however long it is', () => {
    const prose = new Prose();
    prose.goOnBehindFence('`');
    expect(found('```', prose)).toEqual([]);
    expect(found(' ```', prose)).toEqual([['fence', 3]]);
  });
});
