import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { hasContent } from '../../../lib/messages/internal/has-content.js';

describe('hasContent', () => {
  it.each<[string, unknown]>([
    ['text', new AIMessageChunk('a')],
    [
      'a piece of a block',
      new AIMessageChunk({ content: [{ index: 0, type: 'thinking', thinking: '' }] }),
    ],
    [
      'a piece of a tool call',
      new AIMessageChunk({ content: '', tool_call_chunks: [{ index: 0, args: '' }] }),
    ],
    [
      'a tool call',
      new AIMessageChunk({
        content: '',
        tool_calls: [{ type: 'tool_call', name: 'now', args: {} }],
      }),
    ],
    [
      'an invalid tool call',
      new AIMessageChunk({
        content: [],
        invalid_tool_calls: [{ type: 'invalid_tool_call', args: '', error: '' }],
      }),
    ],
    ['a string', 'a'],
    ['any object', {}],
    ['a number', 0],
    ['null', null],
  ])('is true of %s', (_what, chunk) => {
    expect(hasContent(chunk)).toBe(true);
  });

  it.each<[string, unknown]>([
    [
      'the chunk with which a message begins',
      new AIMessageChunk({ content: '', usage_metadata: { input_tokens: 3 } }),
    ],
    [
      'the one with which it ends',
      new AIMessageChunk({ content: [], response_metadata: { stop_reason: 'end_turn' } }),
    ],
    ['no text', ''],
  ])('is false of %s', (_what, chunk) => {
    expect(hasContent(chunk)).toBe(false);
  });
});
