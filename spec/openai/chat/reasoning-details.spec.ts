import { ReasoningDetails } from '../../../lib/openai/chat/reasoning-details';

describe('ReasoningDetails', () => {
  it('appends texts and summaries, and returns what was added', () => {
    const details = new ReasoningDetails();
    expect(details.add([{ type: 'reasoning.text', index: 0, text: 'a', signature: null }])).toBe(
      'a',
    );
    expect(details.add([{ type: 'reasoning.text', index: 0, text: 'b', signature: 'S' }])).toBe(
      'b',
    );
    expect(details.add([{ type: 'reasoning.summary', index: 1, summary: 'c' }, 7])).toBe('c');
    expect(details.whole).toEqual([
      { type: 'reasoning.text', index: 0, text: 'ab', signature: 'S' },
      { type: 'reasoning.summary', index: 1, summary: 'c' },
    ]);
  });

  it('keeps the order, the data and unknown fields', () => {
    const details = new ReasoningDetails();
    const encrypted = { type: 'reasoning.encrypted', index: 0, data: 'x', format: 'f' };
    details.add([encrypted]);
    details.add([{ type: 'reasoning.text', index: 0, text: 'later' }]);
    expect(details.whole[0]).toEqual(encrypted);
    expect(details.whole).toHaveLength(2);
  });

  it('keeps __proto__ as data', () => {
    const details = new ReasoningDetails();
    details.add([JSON.parse('{"type":"t","index":0,"__proto__":{"x":1}}')]);
    expect(JSON.stringify(details.whole)).toContain('"__proto__":{"x":1}');
  });
});
