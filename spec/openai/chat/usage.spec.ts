import { readUsage } from '../../../lib/openai/chat/usage';

describe('readUsage', () => {
  it('reads counts and their details', () => {
    const usage = readUsage({
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4, audio_tokens: 1, cache_write_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 3, audio_tokens: 0 },
    });
    expect(usage).toEqual({
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      input_token_details: { audio: 1, cache_read: 4, cache_creation: 2 },
      output_token_details: { audio: 0, reasoning: 3 },
    });
  });

  it.each([
    ['beside the completion, as its total shows', 68, 136, 432 + 68 + 136, 204],
    ['beside the completion, because it is more', 10, 37, 67, 47],
    ['within the completion', 50, 20, 482, 50],
  ])('counts reasoning %s', (_, completion_tokens, reasoning_tokens, total_tokens, output) => {
    const usage = readUsage({
      prompt_tokens: total_tokens === 67 ? 57 : 432,
      completion_tokens,
      total_tokens,
      completion_tokens_details: { reasoning_tokens },
    });
    expect(usage?.output_tokens).toBe(output);
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + output);
  });

  it('adds a cache that gateways count beside the prompt', () => {
    const usage = readUsage({
      prompt_tokens: 3,
      completion_tokens: 1,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 20,
    });
    expect(usage).toMatchObject({
      input_tokens: 123,
      input_token_details: { cache_read: 100, cache_creation: 20 },
    });
  });

  it("reads DeepSeek's cache", () => {
    const usage = readUsage({ prompt_tokens: 9, completion_tokens: 1, prompt_cache_hit_tokens: 8 });
    expect(usage?.input_token_details).toEqual({ cache_read: 8 });
  });

  it.each([undefined, null, 7, 'many', {}, { prompt_tokens: -1 }, { prompt_tokens: 1.5 }])(
    'has no counts in %p',
    (usage) => {
      expect(readUsage(usage)).toBeUndefined();
    },
  );

  it('leaves out the total where a count is missing', () => {
    expect(readUsage({ prompt_tokens: 3 })).toEqual({ input_tokens: 3 });
  });
});
