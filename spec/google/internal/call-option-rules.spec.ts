import { CALL_OPTION_RULES } from '../../../lib/google/internal/call-option-rules';
import { mergeCallOptions } from '../../../lib/models/merge-call-options';

it('the call options of ChatGoogle merge reasoning and free fields key by key, and replace all others', () => {
  const merged = mergeCallOptions<object>(
    CALL_OPTION_RULES,
    { reasoning: { effort: 'low' }, invocationKwargs: { a: 1, b: 1 }, safetySettings: [{ a: 1 }] },
    { reasoning: { budgetTokens: 5 }, invocationKwargs: { b: 2 }, safetySettings: [] },
  );
  expect(merged).toEqual({
    reasoning: { effort: 'low', budgetTokens: 5 },
    invocationKwargs: { a: 1, b: 2 },
    safetySettings: [],
  });
});
