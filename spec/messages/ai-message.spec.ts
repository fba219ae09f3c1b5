import { AIMessage } from '../../lib/messages/ai-message.js';

describe('AIMessage', () => {
  it('of a text has that as its content, and nothing else', () => {
    expect(JSON.parse(JSON.stringify(new AIMessage('Hello!')))).toEqual({
      type: 'ai',
      content: 'Hello!',
      additional_kwargs: {},
      response_metadata: {},
      tool_calls: [],
      invalid_tool_calls: [],
    });
  });

  it('has its calls and its usage', () => {
    const call = { type: 'tool_call' as const, id: 'a', name: 'f', args: {} };
    const invalid = { type: 'invalid_tool_call' as const, args: '{', error: 'cut' };
    const usage_metadata = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
    expect(
      new AIMessage({
        content: '',
        tool_calls: [call],
        invalid_tool_calls: [invalid],
        usage_metadata,
      }),
    ).toMatchObject({ tool_calls: [call], invalid_tool_calls: [invalid], usage_metadata });
  });

  it('has no field for a usage that is not known', () => {
    const message = new AIMessage({ content: '', usage_metadata: undefined });
    expect(Object.keys(message)).not.toContain('usage_metadata');
  });
});
