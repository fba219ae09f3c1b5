import { AIMessageChunk } from 'rxlm';
import { MessageBlocks } from '../../../lib/operators/internal/message-blocks.js';

const chunk = (...content: { type: string; [key: string]: unknown }[]) =>
  new AIMessageChunk({ content });
const piece = (index: number, args: string, id?: string) =>
  new AIMessageChunk({
    content: [],
    tool_call_chunks: [{ index, args, ...(id === undefined ? {} : { id, name: id }) }],
  });
const called = (id: string) =>
  new AIMessageChunk({
    content: [],
    tool_calls: [{ type: 'tool_call', id, name: id, args: {} }],
  });

/** What happens, with the blocks numbered as they begin. */
function steps(...parts: AIMessageChunk[]): string[] {
  const message = new MessageBlocks();
  const seen: unknown[] = [];
  return [...parts.flatMap((part) => [...message.add(part)]), ...message.end()].map((step) => {
    if (!seen.includes(step.block)) seen.push(step.block);
    const number = String(seen.indexOf(step.block));
    return `${step.block.kind} ${number}${'value' in step ? '' : ' ends'}`;
  });
}

describe('MessageBlocks', () => {
  it('ends a text where the next block begins, and begins another for a piece behind that', () => {
    const text = (index: number) => chunk({ index, type: 'text', text: 'a' });
    expect(steps(text(0), text(1), text(0))).toEqual([
      'text 0',
      'text 0 ends',
      'text 1',
      'text 1 ends',
      'text 2',
      'text 2 ends',
    ]);
  });

  it('keeps calls open that grow at the same time', () => {
    const parts = [piece(0, '{', 'a'), piece(1, '{', 'b'), piece(0, '}'), called('a'), called('b')];
    expect(steps(...parts)).toEqual([
      'tool_call 0',
      'tool_call 1',
      'tool_call 0',
      'tool_call 0',
      'tool_call 0 ends',
      'tool_call 1',
      'tool_call 1 ends',
    ]);
  });

  it('appends a text without blocks to the text that is open', () => {
    expect(steps(new AIMessageChunk('a'), new AIMessageChunk('b'))).toEqual([
      'text 0',
      'text 0',
      'text 0 ends',
    ]);
  });

  it('takes blocks without an index for blocks of their own', () => {
    expect(steps(chunk({ type: 'image' }, { type: 'image' }))).toEqual([
      'other 0',
      'other 0 ends',
      'other 1',
      'other 1 ends',
    ]);
  });

  it('passes over the blocks of calls, but not over the input of a server tool', () => {
    expect(
      steps(
        chunk({ index: 0, type: 'tool_use', id: 'a', input: '' }),
        chunk({ index: 0, type: 'input_json_delta', input: '{}' }),
        chunk({ index: 1, type: 'server_tool_use', input: '' }),
        chunk({ index: 1, type: 'input_json_delta', input: '{}' }),
      ),
    ).toEqual(['other 0', 'other 0', 'other 0 ends']);
  });
});
