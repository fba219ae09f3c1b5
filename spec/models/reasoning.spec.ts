import { effortOf } from '../../lib/models/reasoning.js';

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
