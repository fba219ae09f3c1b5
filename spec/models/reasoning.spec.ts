import { checkReasoning, effortOf } from '../../lib/models/reasoning.js';

describe('effortOf', () => {
  it.each([
    [{}, undefined],
    [{ effort: 'minimal' as const }, 'minimal'],
    [{ effort: 'none' as const, budgetTokens: 20_000 }, 'none'],
    [{ budgetTokens: 4_095 }, 'low'],
    [{ budgetTokens: 4_096 }, 'medium'],
    [{ budgetTokens: 16_384 }, 'high'],
  ])('is of %j %s', (reasoning, effort) => {
    expect(effortOf(reasoning)).toBe(effort);
  });
});

describe('checkReasoning', () => {
  it('takes what every provider knows, and nothing', () => {
    checkReasoning(undefined);
    checkReasoning({ effort: 'xhigh', budgetTokens: 0, summary: 'auto' });
  });

  it.each([
    ['high', 'reasoning must be an object, got "high"'],
    [
      { effort: 'huge' },
      'reasoning.effort must be one of none, minimal, low, medium, high, xhigh, max, got "huge"',
    ],
    [{ budgetTokens: 1.5 }, 'reasoning.budgetTokens must be a whole number, got 1.5'],
    [{ summary: true }, 'reasoning.summary must be one of auto, concise, detailed, got true'],
  ])('refuses %j', (reasoning, message) => {
    expect(() => {
      checkReasoning(reasoning);
    }).toThrow(new TypeError(message));
  });
});
