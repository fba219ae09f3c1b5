import { unifyLineEnds } from '../../lib/event-stream/unify-line-ends.js';

const unified = (...pieces: string[]) => pieces.map(unifyLineEnds()).join('|');

describe('unifyLineEnds', () => {
  it.each([
    [['a\nb\r\nc\rd'], 'a\nb\nc\nd'],
    [['a\r', '\nb'], 'a\n|b'],
    [['a\r', '', '\n', '\nb'], 'a\n|||\nb'],
    [['a\r', '\r', '\n'], 'a\n|\n|'],
    [['a\n', '\nb'], 'a\n|\nb'],
    [['\n\r\n\r\r\n'], '\n\n\n\n'],
  ])('[22] makes one LF of each line end: %j', (pieces, expected) => {
    expect(unified(...pieces)).toBe(expected);
  });

  it.each([
    [['\uFEFFa'], 'a'],
    [['', '\uFEFF', 'a'], '||a'],
    [['\uFEFF\uFEFFa'], '\uFEFFa'],
    [['\uFEFF', '\uFEFFa'], '|\uFEFFa'],
    [['a', '\uFEFFb'], 'a|\uFEFFb'],
    [['\uFEFF', '\na'], '|\na'],
  ])('[22] drops one byte order mark at the very start: %j', (pieces, expected) => {
    expect(unified(...pieces)).toBe(expected);
  });

  it('gives text that needs nothing as it is', () => {
    const text = 'data: moon\n\n';
    expect(unifyLineEnds()(text)).toBe(text);
  });
});
