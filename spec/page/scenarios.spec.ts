import { SCENARIOS } from '../../lib/page/scenarios';

describe('SCENARIOS', () => {
  it('are those that the page promises', () => {
    expect(Object.values(SCENARIOS).map(({ title }) => title)).toEqual([
      'Text',
      'Tools in parallel',
      'Structured output',
      'Reasoning',
      '429, then fine',
      'Overloaded in mid-stream',
      'Stall',
      'Cut connection',
      'Malformed JSON',
      'Hostile answer',
      '5000 tokens',
    ]);
  });

  it('each have the code of such a run', () => {
    for (const { code, input } of Object.values(SCENARIOS)) {
      expect(code).toMatch(/\$\(/);
      expect(input.question).not.toBe('');
    }
  });
});
