import { AIMessageChunk } from 'rxlm';
import { MessageBuilder } from '../../../lib/messages/internal/message-builder.js';

describe('MessageBuilder', () => {
  it('builds a message with the given id, whatever ids the chunks have', () => {
    const builder = new MessageBuilder();
    builder.add(new AIMessageChunk({ content: 'a', id: '1' }));
    builder.add(new AIMessageChunk({ content: 'b', id: '2' }));
    expect(builder.build('3')).toMatchObject({ id: '3', content: 'ab' });
    expect(builder.build(undefined).id).toBeUndefined();
  });

  it('leaves a message that was read as it was', () => {
    const builder = new MessageBuilder();
    builder.add(new AIMessageChunk({ content: 'a', additional_kwargs: { seen: 1 } }));
    const before = builder.build('1');
    builder.add(new AIMessageChunk({ content: 'b', additional_kwargs: { seen: 2 } }));
    expect(before).toMatchObject({ content: 'a', additional_kwargs: { seen: 1 } });
  });

  it('keeps a call that no chunk has declared complete, as one that is never run', () => {
    const builder = new MessageBuilder();
    builder.add(
      new AIMessageChunk({
        content: '',
        tool_call_chunks: [{ index: 0, id: 'c', name: 'add', args: '{"a":1}' }],
      }),
    );
    expect(builder.growsCalls).toBe(true);
    expect(builder.build('1')).toMatchObject({
      tool_calls: [],
      invalid_tool_calls: [{ id: 'c', name: 'add', args: '{"a":1}' }],
    });
    expect(builder.settle()).toMatchObject([{ type: 'tool_call', id: 'c', args: { a: 1 } }]);
  });
});
