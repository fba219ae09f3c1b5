import { ChatAnthropic as LangChainAnthropic } from '@langchain/anthropic';
import { defaultMaxTokens } from '../../../lib/anthropic/request/default-max-tokens';

describe('defaultMaxTokens', () => {
  it.each([
    ['claude-3-haiku-20240307', 4096],
    ['claude-3-opus-latest', 4096],
    ['claude-2.1', 4096],
    ['claude-instant-1.2', 4096],
    ['claude-3-5-haiku-latest', 8192],
    ['claude-3-5-sonnet-20241022', 8192],
    ['claude-3-7-sonnet-latest', 16_384],
    ['claude-opus-4-20250514', 16_384],
    ['claude-haiku-4-5', 16_384],
    ['claude-opus-4-6', 16_384],
    ['us.anthropic.claude-3-haiku-20240307-v1:0', 4096],
    ['anthropic.claude-opus-4-6-v1', 16_384],
    ['claude-3-5-sonnet-v2@20241022', 8192],
    ['claude-a-later-one-9', 16_384],
    ['kimi-k2', 4096],
    [undefined, 4096],
  ])('%s: %d', (model, tokens) => {
    expect(defaultMaxTokens(model, undefined)).toBe(tokens);
  });

  const names = [
    'claude-opus-5',
    'claude-sonnet-5',
    'claude-fable-5-1',
    'claude-opus-4-8',
    'claude-opus-4-7',
    'claude-opus-4-6',
    'claude-sonnet-4-6',
    'claude-opus-4-5',
    'claude-opus-4-5-20251101',
    'claude-sonnet-4-5-20250929',
    'claude-sonnet-4-5',
    'claude-haiku-4-5-20251001',
    'claude-opus-4-1',
    'claude-opus-4-1-20250805',
    'claude-3-7-sonnet-20250219',
  ];

  it.each(names)(
    'of %s is what LangChain asks for, or more, and no more than the model can write',
    (model) => {
      const theirs = new LangChainAnthropic({ model, apiKey: 'k' });
      const ours = defaultMaxTokens(model, undefined);
      const most = theirs.profile.maxOutputTokens ?? 64_000;
      expect(ours).toBeGreaterThanOrEqual(theirs.maxTokens);
      expect(ours).toBeLessThanOrEqual(most);
      for (const budget_tokens of [1024, 10_000, most - 1]) {
        const beside = defaultMaxTokens(model, { type: 'enabled', budget_tokens });
        expect(beside).toBeGreaterThan(budget_tokens);
        expect(beside).toBeLessThanOrEqual(Math.max(most, budget_tokens + 1));
      }
      expect(defaultMaxTokens(model, { type: 'disabled' })).toBe(ours);
      expect(defaultMaxTokens(model, { type: 'adaptive' })).toBe(Math.min(ours * 2, most));
    },
  );

  it('is above any budget, of models unknown as well', () => {
    for (const model of [...names, 'kimi-k2']) {
      for (const budget_tokens of [1024, 30_000, 64_000, 500_000]) {
        expect(defaultMaxTokens(model, { type: 'enabled', budget_tokens })).toBeGreaterThan(
          budget_tokens,
        );
      }
    }
  });
});
