import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { textPart } from '../../../lib/operators/internal/text-part.js';

/** A value cut in two after its first two characters. */
function cut<T>(value: T): [T, T] | undefined {
  const part = textPart(value);
  return part && [part.with(part.text.slice(0, 2), false), part.with(part.text.slice(2), true)];
}

describe('textPart', () => {
  it('is a string itself', () => {
    expect(cut('gold')).toEqual(['go', 'ld']);
  });

  it('is the text of a message chunk; the last part has the rest', () => {
    const rest = { response_metadata: { a: 1 }, usage_metadata: { output_tokens: 2 }, name: 'eve' };
    expect(cut(new AIMessageChunk({ id: 'm', content: 'gold', ...rest }))).toStrictEqual([
      new AIMessageChunk({ id: 'm', content: 'go' }),
      new AIMessageChunk({ id: 'm', content: 'ld', ...rest }),
    ]);
  });

  it('is the text of a piece of a block; the last part has its citations', () => {
    const piece = { index: 1, type: 'text', text: 'gold', citations: [1] };
    expect(cut(new AIMessageChunk({ content: [piece] }))).toStrictEqual([
      new AIMessageChunk({ content: [{ index: 1, type: 'text', text: 'go' }] }),
      new AIMessageChunk({ content: [{ ...piece, text: 'ld' }] }),
    ]);
  });

  it.each<[string, unknown]>([
    ['an empty string', ''],
    ['a chunk without text', new AIMessageChunk('')],
    ['a chunk without content', new AIMessageChunk({ content: [] })],
    ['thinking', new AIMessageChunk({ content: [{ index: 0, type: 'thinking', text: 'a' }] })],
    ['a block without an index', new AIMessageChunk({ content: [{ type: 'text', text: 'a' }] })],
    ['a piece without text', new AIMessageChunk({ content: [{ index: 0, type: 'text' }] })],
    [
      'several pieces',
      new AIMessageChunk({
        content: [
          { index: 0, type: 'text', text: 'a' },
          { index: 1, type: 'text', text: 'b' },
        ],
      }),
    ],
    ['an object', { text: 'a' }],
    ['null', null],
    ['a number', 5],
  ])('is not there in %s', (_what, value) => {
    expect(textPart(value)).toBeUndefined();
  });
});
