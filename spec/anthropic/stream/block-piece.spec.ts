import { pieceOf } from '../../../lib/anthropic/stream/block-piece';
import type { WireBlock } from '../../../lib/anthropic/stream/wire';

const TEXT = { type: 'text', text: '' };
const THINKING = { type: 'thinking', thinking: '', signature: '' };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'add', input: {} };
const HOLOGRAM = { type: 'hologram' };
const citation = { type: 'char_location', cited_text: 'fish' };

describe('pieceOf', () => {
  it.each<[WireBlock, WireBlock, object]>([
    [{ type: 'text_delta', text: 'a' }, TEXT, { type: 'text', text: 'a' }],
    [{ type: 'citations_delta', citation }, TEXT, { type: 'text', citations: [citation] }],
    [{ type: 'thinking_delta', thinking: 'a' }, THINKING, { type: 'thinking', thinking: 'a' }],
    [{ type: 'signature_delta', signature: 'a' }, THINKING, { type: 'thinking', signature: 'a' }],
    [
      { type: 'compaction_delta', content: 'a', note: null },
      { type: 'compaction' },
      { type: 'compaction', content: 'a' },
    ],
  ])('reports what a delta adds: %j', (delta, block, piece) => {
    expect(pieceOf(delta, block)).toEqual(piece);
  });

  it.each<[WireBlock, WireBlock]>([
    [{ type: 'sparkle_delta', sparkle: 1 }, TEXT],
    [{ type: 'sparkle_delta', sparkle: 1 }, HOLOGRAM],
    [{ type: 'text_delta', text: 'a' }, HOLOGRAM],
    [{ type: 'citations_delta', citation: null }, TEXT],
    [{ type: 'toString' }, TEXT],
  ])('[17] keeps what is unknown of either: %j', (delta, block) => {
    expect(pieceOf(delta, block)).toEqual({ type: block.type, non_standard: [delta] });
  });

  it.each<[WireBlock, WireBlock]>([
    [{ type: 'text_delta', text: 'a' }, CALL],
    [{ type: 'text_delta', text: 'a' }, THINKING],
    [{ type: 'thinking_delta', thinking: 'a' }, TEXT],
    [{ type: 'signature_delta', signature: 'a' }, CALL],
    [{ type: 'input_json_delta', partial_json: '{' }, TEXT],
  ])('[23] refuses a delta that came for a block of another kind: %j', (delta, block) => {
    expect(() => pieceOf(delta, block)).toThrow(/came for a content block of type/);
  });

  it.each<[WireBlock, WireBlock]>([
    [{ type: 'thinking_delta', thinking: null }, THINKING],
    [{ type: 'signature_delta' }, THINKING],
    [{ type: 'text_delta', text: 5 }, TEXT],
  ])('[23] refuses a delta without its text: %j', (delta, block) => {
    expect(() => pieceOf(delta, block)).toThrow('without its text');
  });
});
