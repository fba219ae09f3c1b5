import fc from 'fast-check';
import { checkRequestFields } from '../../../lib/anthropic/request/check-request-fields';

/** What the API refuses, said once more and another way. */
function isRefused({ thinking, choice, temperature, topK, maxTokens }: Case): boolean {
  const forced = choice === 'any' || choice === 'add';
  if (thinking === 'disabled' || thinking === undefined) return false;
  if (forced || (temperature !== undefined && temperature !== 1) || topK !== undefined) return true;
  return thinking === 'enabled' && maxTokens <= 2048;
}

interface Case {
  readonly thinking: 'enabled' | 'adaptive' | 'disabled' | undefined;
  readonly choice: 'auto' | 'none' | 'any' | 'add';
  readonly temperature: number | undefined;
  readonly topK: number | undefined;
  readonly maxTokens: number;
}

describe('checkRequestFields', () => {
  it('refuses exactly the pairs that the API refuses', () => {
    const cases = fc.record<Case>({
      thinking: fc.constantFrom('enabled', 'adaptive', 'disabled', undefined),
      choice: fc.constantFrom('auto', 'none', 'any', 'add'),
      temperature: fc.constantFrom(undefined, 0, 0.5, 1),
      topK: fc.constantFrom(undefined, 5),
      maxTokens: fc.constantFrom(1, 2047, 2048, 2049, 64_000),
    });
    fc.assert(
      fc.property(cases, (each) => {
        const { thinking, choice, temperature, topK, maxTokens } = each;
        const fields = {
          max_tokens: maxTokens,
          tools: [{ name: 'add' }],
          tool_choice: choice === 'add' ? { type: 'tool', name: 'add' } : { type: choice },
          ...(thinking === undefined
            ? {}
            : {
                thinking: {
                  type: thinking,
                  ...(thinking === 'enabled' && { budget_tokens: 2048 }),
                },
              }),
          ...(temperature === undefined ? {} : { temperature }),
          ...(topK === undefined ? {} : { top_k: topK }),
        };
        let error: unknown;
        try {
          checkRequestFields(fields, []);
        } catch (thrown) {
          error = thrown;
        }
        expect(error instanceof TypeError).toBe(isRefused(each));
      }),
    );
  });

  it('leaves alone a type of thinking that it does not know', () => {
    const fields = { thinking: { type: 'later' }, temperature: 0, max_tokens: 1 };
    expect(() => {
      checkRequestFields(fields, []);
    }).not.toThrow();
  });

  it('holds the temperature of Claude to 1, and of no other model', () => {
    const check = (model: string, temperature: number) => () => {
      checkRequestFields({ model, temperature }, []);
    };
    expect(check('us.anthropic.claude-sonnet-4-5', 1.5)).toThrow(/temperature must be from 0 to 1/);
    expect(check('claude-haiku-4-5', 1)).not.toThrow();
    expect(check('deepseek-chat', 1.5)).not.toThrow();
  });
});
