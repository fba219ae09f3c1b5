import { AIMessage, AIMessageChunk } from 'rxlm';
import { ChunkWriter } from '../../../lib/testing/fake/chunk-writer.js';
import type { FakeChunk } from '../../../lib/testing/fake/fake-answer.js';

function contents(...chunks: Exclude<FakeChunk, Error>[]): unknown[] {
  const writer = new ChunkWriter('call');
  return chunks.map((chunk) => writer.write(chunk).content);
}
const call = { name: 'f', args: { x: 1 } };

describe('the chunks of a message', () => {
  it('are strings as long as it is one text', () => {
    expect(contents('gold', '', 'fish', new AIMessage('!'))).toEqual(['gold', '', 'fish', '!']);
  });

  it('are numbered blocks from the first other block on, with the text so far as number 0', () => {
    expect(contents('gold', call, 'fi', 'sh', call)).toMatchObject([
      'gold',
      [{ index: 1, type: 'tool_use' }],
      [{ index: 2, type: 'text', text: 'fi' }],
      [{ index: 2, type: 'text', text: 'sh' }],
      [{ index: 3, type: 'tool_use' }],
    ]);
  });

  it('begin with block 0 where there is no text before', () => {
    expect(contents('', call, '')).toMatchObject(['', [{ index: 0, type: 'tool_use' }], '']);
  });

  it('number the blocks of a whole message after those before it', () => {
    const message = new AIMessage({ content: [{ type: 'thinking' }, { type: 'text', text: 'a' }] });
    expect(contents('gold', message, message, 'fish')).toMatchObject([
      'gold',
      [{ index: 1 }, { index: 2 }],
      [{ index: 3 }, { index: 4 }],
      [{ index: 5, text: 'fish' }],
    ]);
  });

  it('written by hand stay as they are, and others go on after them', () => {
    const chunk = new AIMessageChunk({ content: [{ index: 4, type: 'text', text: 'a' }] });
    const writer = new ChunkWriter('call');
    expect(writer.write(chunk)).toBe(chunk);
    expect(writer.write('b').content).toEqual([{ index: 5, type: 'text', text: 'b' }]);
    expect(contents(new AIMessageChunk('gold'), 'fish', call)).toMatchObject([
      'gold',
      'fish',
      [{ index: 1 }],
    ]);
  });

  it('that call a tool have the call in each of its forms', () => {
    expect(new ChunkWriter('call').write(call)).toEqual(
      new AIMessageChunk({
        content: [{ index: 0, type: 'tool_use', id: 'call_0', name: 'f', input: { x: 1 } }],
        tool_call_chunks: [{ index: 0, id: 'call_0', name: 'f', args: '{"x":1}' }],
        tool_calls: [{ type: 'tool_call', id: 'call_0', name: 'f', args: { x: 1 } }],
        finish_reason: 'tool_call',
      }),
    );
  });
});
