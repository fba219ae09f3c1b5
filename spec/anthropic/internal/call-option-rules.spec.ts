import { ChatAnthropic } from 'rxlm/anthropic';
import type { AnthropicCallOptions } from '../../../lib/anthropic/anthropic-options.js';
import { callOptionsOf, mergeFields } from '../../../lib/anthropic/internal/call-option-rules.js';

const made = {
  headers: { 'X-Tenant': 'a', 'x-app': 'mine' },
  betas: ['a-beta'],
  outputConfig: { effort: 'low' },
  thinking: { type: 'enabled', budget_tokens: 2048 },
  invocationKwargs: { service_tier: 'auto', output_config: { task_budget: 5 } },
} as const;
const model = new ChatAnthropic({ model: 'm', apiKey: 'a-key', ...made });

describe('the options of ChatAnthropic', () => {
  it('merge: constructor, each bind, call', () => {
    const bound = model
      .bind({ headers: { 'x-tenant': 'b' }, betas: ['b-beta', 'a-beta'], temperature: 0.5 })
      .bind({
        outputConfig: { format: { type: 'json_schema', schema: {} } },
        temperature: undefined,
      });
    expect(
      bound.optionsFor({
        headers: { 'X-TENANT': 'c' },
        betas: ['c-beta'],
        thinking: { type: 'disabled' },
        invocationKwargs: { metadata: { user_id: 'u' }, output_config: { effort: 'max' } },
      }),
    ).toEqual({
      model: 'm',
      headers: { 'X-TENANT': 'c', 'x-app': 'mine' },
      betas: ['a-beta', 'b-beta', 'c-beta'],
      temperature: 0.5,
      outputConfig: { effort: 'low', format: { type: 'json_schema', schema: {} } },
      thinking: { type: 'disabled', budget_tokens: 2048 },
      invocationKwargs: {
        service_tier: 'auto',
        metadata: { user_id: 'u' },
        output_config: { task_budget: 5, effort: 'max' },
      },
    });
  });

  it('[21] of a call hold nothing that only the constructor takes', () => {
    expect(JSON.stringify(model.optionsFor())).not.toContain('a-key');
    expect(
      callOptionsOf({ model: 'm', apiKey: 'k', maxRetries: 0 } as AnthropicCallOptions),
    ).toEqual({ model: 'm' });
  });

  it('are those of the time it was made', () => {
    const options = { model: 'm', apiKey: 'k', temperature: 0 };
    const own = new ChatAnthropic(options);
    options.temperature = 1;
    expect(own.optionsFor()).toMatchObject({ temperature: 0 });
  });
});

describe('mergeFields', () => {
  it('merges within output_config, and keeps what is no object as the last that was said', () => {
    expect(mergeFields({ output_config: { a: 1 } }, { output_config: null })).toEqual({
      output_config: null,
    });
    expect(mergeFields({ output_config: 1 }, { b: 2 })).toEqual({ output_config: 1, b: 2 });
    expect(mergeFields({ output_config: { a: 1 } }, { output_config: { b: 2 } })).toEqual({
      output_config: { a: 1, b: 2 },
    });
  });
});
