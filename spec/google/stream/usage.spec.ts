import { readUsage } from '../../../lib/google/stream/usage';

describe('readUsage', () => {
  it('adds thoughts to the output, and what tools have read to the input', () => {
    const usage = {
      promptTokenCount: 147,
      candidatesTokenCount: 108,
      totalTokenCount: 783,
      toolUsePromptTokenCount: 360,
      thoughtsTokenCount: 168,
      cachedContentTokenCount: 40,
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 7 }],
    };
    expect(readUsage(usage)).toEqual({
      input_tokens: 507,
      output_tokens: 276,
      total_tokens: usage.totalTokenCount,
      input_token_details: { audio: 7, cache_read: 40 },
      output_token_details: { reasoning: 168 },
    });
  });

  it.each([[undefined], [null], [{ trafficType: 'ON_DEMAND' }], [{ promptTokenCount: -1 }]])(
    'is none of %j',
    (usage) => {
      expect(readUsage(usage)).toBeUndefined();
    },
  );
});
