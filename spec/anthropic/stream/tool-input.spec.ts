import { ToolInput } from '../../../lib/anthropic/stream/tool-input';
import type { WireBlock } from '../../../lib/anthropic/stream/wire';

const LIMITS = { toolJson: 100, toolJsonDepth: 3 };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'add', input: {} };

const inputOf = (block: WireBlock, limits = LIMITS): ToolInput => {
  const input = ToolInput.of(block, limits);
  if (input === undefined) throw new Error('the block has no input');
  return input;
};
const settle = (block: WireBlock, ...pieces: string[]) => {
  const input = inputOf(block);
  for (const piece of pieces) input.add(piece);
  return input.settle();
};

describe('ToolInput', () => {
  it('collects the text that comes', () => {
    expect(settle(CALL, '{"a"', ':', '1}')).toEqual({
      type: 'tool_call',
      id: 'toolu_1',
      name: 'add',
      args: { a: 1 },
    });
  });

  it('takes input that came with the block, and none for an empty one', () => {
    expect(settle({ ...CALL, input: { a: 1 } })).toMatchObject({ args: { a: 1 } });
    for (const input of [{}, '', null]) {
      expect(settle({ ...CALL, input })).toMatchObject({ type: 'tool_call', args: {} });
    }
    expect(settle({ type: 'tool_use', id: 'toolu_1', name: 'add' }, '{}')).toMatchObject({
      type: 'tool_call',
    });
  });

  it('keeps what is no JSON object as an invalid call', () => {
    expect(settle(CALL, '[1]')).toMatchObject({ type: 'invalid_tool_call', args: '[1]' });
    expect(settle({ ...CALL, input: [1] })).toMatchObject({ type: 'invalid_tool_call' });
  });

  it('is there for every kind of tool, and for blocks that bring an object', () => {
    for (const type of ['tool_use', 'server_tool_use', 'mcp_tool_use'])
      expect(ToolInput.of({ type, id: 'a', name: 'b' }, LIMITS)).toBeDefined();
    expect(ToolInput.of({ type: 'hologram', input: {} }, LIMITS)).toBeDefined();
    for (const input of [undefined, null, 'beam', [1]])
      expect(ToolInput.of({ type: 'hologram', input }, LIMITS)).toBeUndefined();
    expect(ToolInput.of({ type: 'text', text: '' }, LIMITS)).toBeUndefined();
  });

  it('[23] takes an id that is a number, and refuses a call without one or without a name', () => {
    expect(settle({ ...CALL, id: 5 })).toMatchObject({ id: '5' });
    for (const block of [
      { ...CALL, id: undefined },
      { ...CALL, name: null },
      { ...CALL, name: { toString: 1 } },
    ])
      expect(() => ToolInput.of(block, LIMITS)).toThrow(/without its id or name/);
    expect(inputOf({ type: 'server_tool_use', id: { toString: 1 } }).id).toBe('');
  });

  it('[27] refuses more than it may hold, saying which limit, also of what came at once', () => {
    const deep = /deeper than 3.*limits\.toolJsonDepth/;
    const long = /longer than 100.*limits\.toolJson/;
    expect(() => settle(CALL, '[[[', '[')).toThrow(deep);
    expect(() => settle({ ...CALL, input: { a: [[[]]] } })).toThrow(deep);
    expect(() => settle(CALL, 'x'.repeat(101))).toThrow(long);
    expect(() => settle({ ...CALL, input: { a: 'x'.repeat(100) } })).toThrow(long);
    expect(() => settle(CALL, '{"a":"[[[[[["}')).not.toThrow();
  });
});
