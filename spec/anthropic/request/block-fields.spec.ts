import { isBlockType, toBlock } from '../../../lib/anthropic/request/block-fields';

describe('toBlock', () => {
  it('keeps the fields of the API that say something', () => {
    const given = { id: 'a', name: 'n', input: {}, caller: null, extra: 1 };
    expect(toBlock('tool_use', given, 'here')).toEqual({
      type: 'tool_use',
      id: 'a',
      name: 'n',
      input: {},
    });
  });

  it.each([
    ['mcp_tool_use', { id: 'a', name: 'n', input: {} }, 'a mcp_tool_use block has no server_name'],
    [
      'tool_use',
      { id: 'a', name: 'n', input: {}, caller: 'me' },
      'caller of a tool_use block must be of type object, got "me"',
    ],
    [
      'search_result',
      { source: 's', title: 't', content: 'c' },
      'content of a search_result block must be of type array, got "c"',
    ],
  ])('refuses a %s with a field that is missing or of another type', (type, given, problem) => {
    expect(() => toBlock(type, given, 'messages[0]')).toThrow(`messages[0]: ${problem}. `);
  });

  it('knows the types of the API, and no names of objects in general', () => {
    expect(isBlockType('compaction')).toBe(true);
    expect(isBlockType('constructor')).toBe(false);
  });
});
