import type { UsageMetadata as LangChainUsageMetadata } from '@langchain/core/messages';
import { expectTypeOf } from 'expect-type';
import { AIMessage } from '../../lib/messages/ai-message.js';
import type { UsageMetadata } from '../../lib/messages/usage-metadata.js';

describe('UsageMetadata', () => {
  it('has LangChain’s fields, and is kept as it is', () => {
    expectTypeOf<keyof UsageMetadata>().toEqualTypeOf<keyof LangChainUsageMetadata>();
    const usage_metadata: UsageMetadata = {
      input_tokens: 421,
      output_tokens: 73,
      total_tokens: 494,
      input_token_details: { cache_read: 300, cache_creation: 100 },
      output_token_details: { reasoning: 40 },
    };
    expect(new AIMessage({ content: '', usage_metadata }).usage_metadata).toBe(usage_metadata);
  });
});
