import { MessageWriter } from '../../../lib/http/decoder/message-writer';
import type { AIMessageChunk } from '../../../lib/messages/ai-message-chunk';

function writer() {
  const chunks: AIMessageChunk[] = [];
  const context = {
    messageId: 'run-1',
    provider: 'p',
    emit: (chunk: AIMessageChunk) => chunks.push(chunk),
    scrub: (value: unknown) => value,
  };
  return { chunks, message: new MessageWriter(context as never) };
}

describe('MessageWriter', () => {
  it('writes strings while the message is one text, and its id on each', () => {
    const { chunks, message } = writer();
    message.fields({});
    message.text('a');
    message.text('');
    message.call({ index: 0, args: '{' });
    expect(chunks.map(({ content }) => content)).toEqual(['', 'a', '']);
    expect(chunks.every(({ id }) => id === 'run-1')).toBe(true);
  });

  it('puts citations on the last text that says something, whatever came behind it', () => {
    const { chunks, message } = writer();
    message.text('a');
    message.block({ type: 'text', text: '', signature: 's' });
    message.citations([1]);
    message.block({ type: 'text', text: 'b' });
    message.citations([2]);
    expect(chunks.map(({ content }) => content).filter((_, at) => at % 2 === 0)).toEqual([
      'a',
      [{ type: 'text', text: '', citations: [1], index: 0 }],
      [{ type: 'text', text: '', citations: [2], index: 2 }],
    ]);
  });

  it('begins a block where the kind of content changes, and writes blocks from then on', () => {
    const { chunks, message } = writer();
    message.text('a');
    message.piece('thinking', { thinking: 'b' });
    message.piece('thinking', { thinking: 'c' });
    message.text('d');
    message.block({ type: 'image', n: 1 });
    message.text('e');
    message.fields({});
    expect(chunks.map(({ content }) => content)).toEqual([
      'a',
      [{ type: 'thinking', thinking: 'b', index: 1 }],
      [{ type: 'thinking', thinking: 'c', index: 1 }],
      [{ type: 'text', text: 'd', index: 2 }],
      [{ type: 'image', n: 1, index: 3 }],
      [{ type: 'text', text: 'e', index: 4 }],
      [],
    ]);
  });

  it('adds citations to the text so far, and writes at reserved indexes', () => {
    const { chunks, message } = writer();
    message.text('a');
    message.citations([1]);
    const index = message.reserve();
    message.textAt(index, 'b');
    message.at(index, 'text', { text: 'c' });
    expect(chunks.slice(1).map(({ content }) => content)).toEqual([
      [{ type: 'text', text: '', citations: [1], index: 0 }],
      [{ type: 'text', text: 'b', index: 1 }],
      [{ type: 'text', text: 'c', index: 1 }],
    ]);
  });

  it('says whose the message is', () => {
    const { chunks, message } = writer();
    message.fields({ response_metadata: { id: 'x' } }, [{ type: 'tool_call', index: 0 }]);
    expect(chunks[0]).toMatchObject({
      content: [{ type: 'tool_call', index: 0 }],
      response_metadata: { model_provider: 'p', id: 'x' },
    });
  });
});
