import { toThinkingConfig } from '../../../lib/google/request/to-thinking-config';
import type { Reasoning } from '../../../lib/models/reasoning';

describe('toThinkingConfig', () => {
  it.each<[string, Reasoning | undefined, object | undefined]>([
    ['gemini-2.5-flash', undefined, undefined],
    ['gemini-2.5-flash', {}, { includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'low' }, { includeThoughts: true, thinkingBudget: 1024 }],
    ['gemini-2.5-flash', { effort: 'none' }, { includeThoughts: false, thinkingBudget: 0 }],
    ['gemini-2.5-pro', { effort: 'none' }, { includeThoughts: false, thinkingBudget: 128 }],
    ['gemini-2.5-pro', { budgetTokens: 500 }, { includeThoughts: true, thinkingBudget: 500 }],
    [
      'gemini-3-flash-preview',
      { effort: 'none' },
      { includeThoughts: false, thinkingLevel: 'minimal' },
    ],
    [
      'gemini-3-pro-preview',
      { effort: 'minimal' },
      { includeThoughts: true, thinkingLevel: 'low' },
    ],
    [
      'gemini-3-pro-preview',
      { effort: 'medium' },
      { includeThoughts: true, thinkingLevel: 'high' },
    ],
    ['gemini-3.1-pro', { effort: 'medium' }, { includeThoughts: true, thinkingLevel: 'medium' }],
    ['gemini-3.1-pro', { effort: 'max' }, { includeThoughts: true, thinkingLevel: 'high' }],
    ['gemini-3-flash', { budgetTokens: 9 }, { includeThoughts: true, thinkingBudget: 9 }],
    ['gemini-2.0-flash', { effort: 'none' }, undefined],
  ])('of %s, %j is %j', (model, reasoning, config) => {
    expect(toThinkingConfig(reasoning, model)).toEqual(config);
  });

  it('refuses thinking of a model that does not think', () => {
    expect(() => toThinkingConfig({ effort: 'low' }, 'gemini-2.0-flash')).toThrow(
      new TypeError('"gemini-2.0-flash" does not think: leave reasoning out'),
    );
  });
});
