import { toThinking } from '../../../lib/anthropic/request/to-thinking.js';

const NEW = 'claude-opus-4-6';
const OLD = 'claude-sonnet-4-5-20250929';

describe('toThinking', () => {
  it.each([
    [NEW, { effort: 'high' }, { type: 'adaptive' }, 'high'],
    [NEW, { effort: 'minimal' }, { type: 'adaptive' }, 'low'],
    [NEW, { effort: 'none' }, { type: 'disabled' }, undefined],
    [NEW, { budgetTokens: 2048 }, { type: 'enabled', budget_tokens: 2048 }, undefined],
    [NEW, { effort: 'low', summary: 'auto' }, { type: 'adaptive', display: 'summarized' }, 'low'],
    [NEW, {}, undefined, undefined],
    [OLD, { effort: 'medium' }, { type: 'enabled', budget_tokens: 8192 }, undefined],
    [OLD, { effort: 'none' }, { type: 'disabled' }, undefined],
    ['llama', { effort: 'low' }, { type: 'enabled', budget_tokens: 2048 }, undefined],
  ] as const)('%s with %j thinks as %j, with effort %s', (model, reasoning, thinking, effort) => {
    expect(toThinking({ model, reasoning })).toEqual({ thinking, effort });
  });

  it.each([
    ['claude-3-7-sonnet-latest', true],
    ['claude-sonnet-4-20250514', true],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', true],
    ['claude-opus-4-5', true],
    ['claude-haiku-4-5@20251001', true],
    ['claude-sonnet-4-6', false],
    ['claude-opus-4-10', false],
    ['claude-opus-5', false],
  ])('%s takes a budget: %s', (model, isBudgeted) => {
    const { thinking } = toThinking({ model, reasoning: { effort: 'low' } });
    expect(thinking?.['type']).toBe(isBudgeted ? 'enabled' : 'adaptive');
  });

  it('leaves tokens for the answer', () => {
    const budget = (maxTokens: number) =>
      toThinking({ model: OLD, maxTokens, reasoning: { effort: 'high' } }).thinking?.[
        'budget_tokens'
      ];
    expect([4096, 1500, 100_000].map(budget)).toEqual([2048, 1024, 16_384]);
  });

  it("lets the provider's own options stand", () => {
    const reasoning = { effort: 'high' } as const;
    expect(
      toThinking({
        model: NEW,
        reasoning,
        thinking: { type: 'adaptive' },
        outputConfig: { effort: 'low' },
      }),
    ).toEqual({ thinking: { type: 'adaptive' }, effort: 'low' });
    expect(toThinking({ model: NEW, reasoning, outputConfig: { effort: 'max' } })).toEqual({
      thinking: { type: 'adaptive' },
      effort: 'max',
    });
  });
});
