import { isBlockType, toBlock } from '../../../lib/anthropic/request/block-fields';

describe('toBlock', () => {
  it('keeps the fields of the API that say something', () => {
    expect(toBlock('tool_use', { id: 'a', name: 'n', input: {}, caller: null, extra: 1 })).toEqual({
      type: 'tool_use',
      id: 'a',
      name: 'n',
      input: {},
    });
  });

  it('knows the types of the API, and no names of objects in general', () => {
    expect(isBlockType('compaction')).toBe(true);
    expect(isBlockType('constructor')).toBe(false);
  });
});
