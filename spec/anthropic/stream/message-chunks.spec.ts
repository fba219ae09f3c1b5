import { MessageChunks } from '../../../lib/anthropic/stream/message-chunks';
import type { AIMessageChunk } from '../../../lib/messages/ai-message-chunk';

function made(make: (chunks: MessageChunks) => void): AIMessageChunk[] {
  const all: AIMessageChunk[] = [];
  make(new MessageChunks('run-1', (chunk) => all.push(chunk)));
  return all;
}
const contents = (make: (chunks: MessageChunks) => void) =>
  made(make).map(({ content }) => content);

describe('the chunks of a message', () => {
  it('[14] all have its id', () => {
    const ids = made((chunks) => {
      chunks.fields({ content: chunks.empty });
      chunks.text(0, 'gold');
      chunks.piece({ type: 'thinking', thinking: 'fish', index: 1 });
      chunks.call({ content: [] });
    }).map(({ id }) => id);
    expect(ids).toEqual(Array(4).fill('run-1'));
  });

  it('are strings as long as it is one text', () => {
    expect(
      contents((chunks) => {
        chunks.fields({ content: chunks.empty });
        chunks.text(0, 'gold');
        chunks.text(0, 'fish');
        chunks.fields({ content: chunks.empty });
      }),
    ).toEqual(['', 'gold', 'fish', '']);
  });

  it.each<[string, (chunks: MessageChunks) => void]>([
    ['another text', (chunks) => chunks.text(1, 'moon')],
    ['a piece of another block', (chunks) => chunks.piece({ type: 'thinking', index: 1 })],
    ['a call', (chunks) => chunks.call({ content: [] })],
  ])('are arrays from %s on', (_, make) => {
    const all = made((chunks) => {
      make(chunks);
      chunks.text(0, 'gold');
      chunks.fields({ content: chunks.empty });
    });
    expect(all.slice(1).map(({ content }) => content)).toEqual([
      [{ type: 'text', text: 'gold', index: 0 }],
      [],
    ]);
    expect(all[0]!.response_metadata).toEqual({ model_provider: 'anthropic' });
  });

  it('have the pieces of a call beside their content', () => {
    const piece = { type: 'input_json_delta', input: '{', index: 0 };
    const [chunk] = made((chunks) => chunks.piece(piece, [{ index: 0, args: '{' }]));
    expect(chunk).toMatchObject({ content: [piece], tool_call_chunks: [{ index: 0, args: '{' }] });
  });
});
