import { Thinking } from '../../../lib/json/markdown/thinking-tag.js';

function read(text: string): [what: string, at: number, left: string] {
  const thinking = new Thinking();
  for (const [at, char] of [...text].entries()) {
    const what = thinking.read(char);
    if (what !== 'more') return [what, at, thinking.text];
  }
  return ['more', text.length, thinking.text];
}

describe('Thinking', () => {
  it.each([
    ['thinking>a</thinking>', 20],
    ['THINK>a</Think>', 14],
    ['antThinking x="1">a < b </b></antthinking>', 41],
    ['scratchpad>a<</scratchpad>', 25],
  ])('<%s is closed at %d', (text, at) => {
    expect(read(text)).toEqual(['closed', at, '']);
  });

  it.each([
    [' b', 0, ''],
    ['b>', 1, 'b'],
    ['thinks>', 6, 'thinks'],
    ['think<', 5, 'think'],
    [`think ${'x'.repeat(300)}`, 200, `think ${'x'.repeat(194)}`],
  ])('<%s is something else, known at %d', (text, at, left) => {
    expect(read(text)).toEqual(['other', at, left]);
  });

  it('knows an end without a beginning', () => {
    expect(read('/think>')[0]).toBe('orphan');
    expect(read('/thought >')[0]).toBe('orphan');
    expect(read('/b>')[0]).toBe('other');
  });

  it('says what was to come', () => {
    const thinking = new Thinking();
    for (const char of 'think') thinking.read(char);
    expect(thinking.isOpen).toBe(false);
    thinking.read('>');
    expect(thinking.isOpen).toBe(true);
    expect(thinking.problemAt(7)).toEqual({
      reason: 'incomplete',
      position: 7,
      message: 'the text ended before </think>',
    });
  });
});
