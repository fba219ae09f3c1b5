import { readUsage } from '../../../lib/ai-sdk/stream/usage';

it.each<[unknown, object | undefined]>([
  [
    {
      inputTokens: { total: 10, noCache: 5, cacheRead: 3, cacheWrite: 2 },
      outputTokens: { total: 7, text: 4, reasoning: 3 },
    },
    {
      input_tokens: 10,
      output_tokens: 7,
      total_tokens: 17,
      input_token_details: { cache_read: 3, cache_creation: 2 },
      output_token_details: { reasoning: 3 },
    },
  ],
  [
    { inputTokens: 10, outputTokens: 7, totalTokens: 99, reasoningTokens: 3, cachedInputTokens: 1 },
    {
      input_tokens: 10,
      output_tokens: 7,
      total_tokens: 17,
      input_token_details: { cache_read: 1 },
      output_token_details: { reasoning: 3 },
    },
  ],
  [{ inputTokens: { total: undefined }, outputTokens: { total: 7 } }, { output_tokens: 7 }],
  [{ inputTokens: undefined, outputTokens: undefined }, undefined],
  [undefined, undefined],
])('readUsage of %j is %j', (usage, read) => {
  expect(readUsage(usage)).toEqual(read);
});
