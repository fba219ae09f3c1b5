import {
  CALL_BLOCKS,
  callBlock,
  isBuiltInCall,
  isProviderCall,
  isResultBlock,
  providerFailure,
  providerResultId,
  REASONING_BLOCKS,
  RESULT_CALL_ID,
  resultBlock,
} from '../../../lib/messages/history/block-types.js';

const call = { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} };

it('a call and its result name each other', () => {
  expect(CALL_BLOCKS.has(callBlock('c1', 'dig', {}).type)).toBe(true);
  expect(resultBlock('c1', 'sand')[RESULT_CALL_ID]).toBe('c1');
});

it('no type is of two kinds', () => {
  const all = [...CALL_BLOCKS, ...REASONING_BLOCKS];
  expect(new Set(all).size).toBe(all.length);
});

it.each([
  [{ type: 'text', text: '' }, true],
  [{ type: 'image', url: 'https://a.test/b.png' }, true],
  [{ type: 'file', name: 'a.txt' }, false],
  [{ type: 'search_result', content: [] }, true],
  [{ type: 'constructor' }, false],
  ['text', false],
  [null, false],
])('%j stands in a result: %s', (value, is) => {
  expect(isResultBlock(value)).toBe(is);
});

describe('the calls of a provider', () => {
  it.each([
    [call, true, true],
    [{ ...call, type: 'mcp_tool_use' }, true, false],
    [{ ...call, type: 'tool_use' }, false, false],
    [{ type: 'server_tool_use' }, false, true],
    [{ ...call, id: 5 }, false, true],
  ])('%j', (block, isCall, isBuiltIn) => {
    expect(isProviderCall(block)).toBe(isCall);
    expect(isBuiltInCall(block)).toBe(isBuiltIn);
  });

  it('have results, which are not those of the application’s tools', () => {
    const result = { type: 'web_search_tool_result', tool_use_id: 's1', content: [] };
    expect(providerResultId(result)).toBe('s1');
    expect(providerResultId({ ...result, type: 'tool_result' })).toBeUndefined();
    expect(providerResultId({ ...result, tool_use_id: undefined })).toBeUndefined();
  });

  it.each([
    [{ content: { type: 'web_search_tool_result_error', error_code: 'busy' } }, 'busy'],
    [{ content: { type: 'web_search_tool_result_error' } }, 'The tool has failed.'],
    [{ content: [], is_error: true }, 'The tool has failed.'],
    [{ content: [{ type: 'text' }] }, undefined],
    [{ content: null }, undefined],
  ])('fail: %j, %s', (fields, reason) => {
    expect(providerFailure({ type: 'any_tool_result', ...fields })).toBe(reason);
  });
});
