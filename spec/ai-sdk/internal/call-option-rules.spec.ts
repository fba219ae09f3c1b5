import { CALL_OPTION_RULES } from '../../../lib/ai-sdk/internal/call-option-rules';
import { mergeCallOptions } from '../../../lib/models/merge-call-options';

it('the call options of a model of the AI SDK merge providerOptions key by key, and replace all others', () => {
  expect(
    mergeCallOptions<object>(
      CALL_OPTION_RULES,
      { providerOptions: { a: { x: 1 }, b: {} }, topK: 1 },
      { providerOptions: { a: { y: 1 } }, topK: 2 },
    ),
  ).toEqual({ providerOptions: { a: { y: 1 }, b: {} }, topK: 2 });
});
