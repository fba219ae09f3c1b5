import { readUsage } from '../../../lib/openai/responses/usage';

describe('readUsage', () => {
  it('reads counts and their details', () => {
    const usage = readUsage({
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 15,
    });
    expect(usage).toEqual({
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      input_token_details: { cache_read: 4 },
      output_token_details: { reasoning: 3 },
    });
  });

  it.each([undefined, null, 'x', {}, { input_tokens: '3' }])('has no counts in %p', (usage) => {
    expect(readUsage(usage)).toBeUndefined();
  });
});
