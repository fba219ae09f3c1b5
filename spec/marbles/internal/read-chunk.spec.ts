import fc from 'fast-check';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk';
import { ToolMessage } from '../../../lib/messages/tool-message';
import { readChunk } from '../../../lib/marbles/internal/read-chunk';

describe('readChunk', () => {
  it('finds text, reasoning and arguments, in a message and in its JSON', () => {
    const chunk = new AIMessageChunk({
      content: [
        { type: 'text', text: 'gold', index: 0 },
        { type: 'thinking', thinking: 'hm', index: 1 },
      ],
      tool_call_chunks: [
        { type: 'tool_call_chunk', name: 'look', args: '{"a"', index: 2 } as never,
      ],
    });
    const found = [
      { kind: 'text', size: 4, text: 'gold' },
      { kind: 'reasoning', size: 2, text: 'hm' },
      { kind: 'arguments', size: 9, text: 'look {"a"' },
    ];
    expect(readChunk(chunk)).toEqual(found);
    expect(readChunk(JSON.parse(JSON.stringify(chunk)))).toEqual(found);
  });

  it('finds nothing in an empty chunk', () => {
    expect(readChunk(new AIMessageChunk(''))).toEqual([]);
    expect(readChunk('')).toEqual([]);
  });

  it('shows any other value as one', () => {
    expect(readChunk({ a: 1 })).toEqual([{ kind: 'value', size: 1, text: '{"a":1}' }]);
    const result = new ToolMessage({ content: 'sunny', tool_call_id: 'x' });
    expect(readChunk(result)).toEqual([{ kind: 'value', size: 1, text: 'sunny' }]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (content) => {
        readChunk(content);
        readChunk({ content, tool_call_chunks: [content] });
      }),
    );
  });
});
