import { readToolCalls, settleToolCall } from '../../../lib/messages/internal/read-tool-calls.js';

describe('the calls of a message given as data', () => {
  it('are LangChain’s', () => {
    const valid = { type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } };
    const invalid = { type: 'invalid_tool_call', id: 'b', args: '{', error: 'cut' };
    expect(readToolCalls({ tool_calls: [valid], invalid_tool_calls: [invalid] })).toEqual({
      tool_calls: [valid],
      invalid_tool_calls: [invalid],
    });
  });

  it('may have no type, id or arguments', () => {
    expect(readToolCalls({ tool_calls: [{ name: 'f', id: null, args: null }] }).tool_calls).toEqual(
      [{ type: 'tool_call', name: 'f', args: {} }],
    );
  });

  it('are OpenAI’s, with arguments as text or parsed', () => {
    const call = (id: string, given: unknown) => ({
      id,
      type: 'function',
      function: { name: 'f', arguments: given },
    });
    expect(
      readToolCalls({ tool_calls: [call('a', '{"x":1}'), call('b', { x: 1 }), call('c', '')] })
        .tool_calls,
    ).toEqual([
      { type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } },
      { type: 'tool_call', id: 'b', name: 'f', args: { x: 1 } },
      { type: 'tool_call', id: 'c', name: 'f', args: {} },
    ]);
  });

  it('are those of the additional arguments where the message has no others', () => {
    const additional_kwargs = {
      tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }],
    };
    expect(readToolCalls({ additional_kwargs }).tool_calls).toMatchObject([{ id: 'a' }]);
    expect(readToolCalls({ additional_kwargs, tool_calls: [] }).tool_calls).toEqual([]);
  });

  it('are none where there are none', () => {
    const none = { tool_calls: [], invalid_tool_calls: [] };
    expect(readToolCalls({})).toEqual(none);
    expect(readToolCalls({ tool_calls: 'x', invalid_tool_calls: 5 })).toEqual(none);
  });

  it.each([[null], ['f'], [{ id: 'a' }], [{ function: {} }]])('cannot be %j', (call) => {
    expect(() => readToolCalls({ tool_calls: [call] })).toThrow(
      new TypeError('a tool call needs the name of its tool, got undefined'),
    );
  });
});

describe('a call whose arguments have come', () => {
  const settle = (args: unknown) => settleToolCall({ id: 'a', name: 'f', args });

  it.each([
    ['{"x":[1]}', { x: [1] }],
    [' {} ', {}],
    ['', {}],
    [{ x: 1 }, { x: 1 }],
  ])('is valid with %j', (given, args) => {
    expect(settle(given)).toEqual({ type: 'tool_call', id: 'a', name: 'f', args });
  });

  it.each([
    ['{"x":', '{"x":', 'The arguments are no valid JSON.'],
    ["{'x':1}", "{'x':1}", 'The arguments are no valid JSON.'],
    [' ', ' ', 'The arguments are no valid JSON.'],
    ['[1]', '[1]', 'The arguments are no JSON object.'],
    ['null', 'null', 'The arguments are no JSON object.'],
    [[1], '[1]', 'The arguments are no JSON object.'],
    [5, '5', 'The arguments are no JSON object.'],
  ])('[16] is invalid with %j, and keeps it as text', (given, args, error) => {
    expect(settle(given)).toEqual({ type: 'invalid_tool_call', id: 'a', name: 'f', args, error });
  });

  it('[17] has `__proto__` as an argument', () => {
    expect(JSON.stringify(settle('{"__proto__":{"a":1}}'))).toContain(
      '"args":{"__proto__":{"a":1}}',
    );
  });
});
