import { CALL_OPTION_RULES } from '../../../lib/openai/internal/call-option-rules';
import { mergeCallOptions } from '../../../lib/models/merge-call-options';

describe('the call options of ChatOpenAI', () => {
  it('merge reasoning, audio and free fields key by key, headers by name, and replace all others', () => {
    const merged = mergeCallOptions<object>(
      CALL_OPTION_RULES,
      {
        reasoning: { effort: 'low' },
        invocationKwargs: { a: 1, b: 1 },
        headers: { A: '1' },
        stop: ['x'],
      },
      {
        reasoning: { summary: 'auto' },
        invocationKwargs: { b: 2 },
        headers: { a: '2' },
        stop: ['y'],
      },
    );
    expect(merged).toEqual({
      reasoning: { effort: 'low', summary: 'auto' },
      invocationKwargs: { a: 1, b: 2 },
      headers: { a: '2' },
      stop: ['y'],
    });
  });
});
