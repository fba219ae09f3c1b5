import { BlockAccumulator } from '../../../lib/messages/internal/block-accumulator.js';
import type { ContentBlock } from '../../../lib/messages/content.js';
import { deepFreeze } from '../cut-message.js';

function fold(...pieces: ContentBlock[]): ContentBlock {
  const block = new BlockAccumulator();
  for (const piece of pieces) block.add(deepFreeze(piece));
  return block.whole;
}

describe('the pieces of a block', () => {
  it.each(['text', 'thinking', 'reasoning', 'signature', 'encrypted_content', 'input', 'args'])(
    'append their %s',
    (field) => {
      expect(fold({ type: 'x', [field]: 'a' }, { type: 'x', [field]: 'b' })).toEqual({
        type: 'x',
        [field]: 'ab',
      });
    },
  );

  it('append the content of a compaction, and of nothing else', () => {
    const twice = (type: string) => fold({ type, content: 'a' }, { type, content: 'b' });
    expect(twice('compaction')).toEqual({ type: 'compaction', content: 'ab' });
    expect(twice('mcp_tool_result')).toEqual({ type: 'mcp_tool_result', content: 'b' });
  });

  it('collect their citations', () => {
    expect(
      fold(
        { type: 'text', citations: null },
        { type: 'text', citations: [1] },
        { type: 'text', citations: [2, 3] },
        { type: 'text', citations: null },
      ),
    ).toEqual({ type: 'text', citations: [1, 2, 3] });
  });

  it('replace any other field, an array and an object as a whole', () => {
    expect(
      fold(
        { type: 'x', n: 1, list: [1], map: { a: 1 }, id: 'a' },
        { type: 'x', n: 2, list: [2], map: { b: 2 }, id: 'b' },
      ),
    ).toEqual({ type: 'x', n: 2, list: [2], map: { b: 2 }, id: 'b' });
  });

  it('replace the text of an input by the object that it is', () => {
    expect(
      fold({ type: 'x', input: '{' }, { type: 'x', input: '}' }, { type: 'x', input: {} }),
    ).toEqual({ type: 'x', input: {} });
  });

  it('are of the type that the first one says', () => {
    expect(fold({ type: 'tool_use', input: '' }, { type: 'input_json_delta', input: '{' })).toEqual(
      {
        type: 'tool_use',
        input: '{',
      },
    );
  });

  it('take nothing away by null or undefined', () => {
    expect(
      fold(
        { type: 'compaction', content: 'a', encrypted_content: null, n: 1 },
        { type: 'compaction', content: null, encrypted_content: 'b', n: undefined },
      ),
    ).toEqual({ type: 'compaction', content: 'a', encrypted_content: 'b', n: 1 });
  });

  it('leave their index behind, and keep `__proto__` as a field', () => {
    const piece = JSON.parse('{"index":3,"type":"x","__proto__":{"a":1}}') as ContentBlock;
    expect(JSON.stringify(fold(piece))).toBe('{"type":"x","__proto__":{"a":1}}');
    expect(JSON.stringify(fold(piece, piece))).toBe('{"type":"x","__proto__":{"a":1}}');
  });

  it('change nothing of what was read before', () => {
    const block = new BlockAccumulator();
    block.add({ type: 'text', text: 'a', citations: [1] });
    const { whole } = block;
    block.add({ type: 'text', text: 'b', citations: [2] });
    expect(whole).toEqual({ type: 'text', text: 'a', citations: [1] });
  });
});

it('knows whether it is a text', () => {
  const block = new BlockAccumulator();
  expect(block.isText).toBe(false);
  block.add({ type: 'text', text: 'a' });
  expect(block.isText).toBe(true);
});
