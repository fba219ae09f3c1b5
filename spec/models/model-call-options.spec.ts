import { expectTypeOf } from 'expect-type';
import type { ChatModel, ModelCallOptions, RunConfig } from 'rxlm';
import type { ModelMetadata } from 'rxlm/provider';

describe('ModelCallOptions', () => {
  it('are what any model takes in the config of a call', () => {
    const options: ModelCallOptions = { stop: ['x'], temperature: 0, headers: { 'x-a': null } };
    expectTypeOf<ChatModel['stream$']>()
      .parameter(1)
      .toEqualTypeOf<(RunConfig & ModelCallOptions) | undefined>();
    // @ts-expect-error -- a temperature is a number
    const wrong: ModelCallOptions = { temperature: 'hot' };
    expect([options, wrong]).toHaveLength(2);
  });

  it('[10] have metadata that is absent where it is not said', () => {
    expectTypeOf<{ ls_provider: string; ls_model_type: 'chat' }>().toExtend<ModelMetadata>();
    expectTypeOf<{
      ls_provider: string;
      ls_model_type: 'chat';
      ls_temperature: undefined;
    }>().not.toExtend<ModelMetadata>();
  });
});
