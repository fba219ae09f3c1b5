import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const read = (...messages: object[]) => readTurns(coerceMessages(messages as never), 'any');

describe('readTurns', () => {
  it('gives a turn for each message, and says where it stands', () => {
    expect(
      read(
        { role: 'system', content: 's' },
        { role: 'user', content: 'u' },
        { role: 'ai', content: 'a' },
        { role: 'tool', tool_call_id: 't', content: 'r', status: 'error' },
      ),
    ).toMatchObject([
      { role: 'system', plain: true, at: 'messages[0]' },
      { role: 'user', parts: [{ text: 'u' }] },
      { role: 'assistant', parts: [{ text: 'a' }] },
      { role: 'user', parts: [{ type: 'result', callId: 't', isError: true }], at: 'messages[3]' },
    ]);
  });

  const use = { type: 'tool_use', id: 'a', name: 'n', input: {} };
  const result = { type: 'tool_result', tool_use_id: 'a', content: 'r' };
  const text = { type: 'text', text: 't' };

  it.each([
    use,
    { type: 'tool_call', id: 'a', name: 'n', args: {} },
    { type: 'tool-call', toolCallId: 'a', toolName: 'n', input: {} },
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'reasoning', reasoning: 'hm' },
  ])('refuses $type in a message that is not from the model', (block) => {
    for (const role of ['user', 'system']) {
      const send = () => read({ role: 'user', content: 'a' }, { role, content: [text, block] });
      expect(send).toThrow(/^messages\[1\]\.content\[1\]: a (human|system) message .* ai message/);
      expect(send).toThrow(TypeError);
    }
  });

  const aiSdkCall = { type: 'tool-call', toolCallId: 'a', toolName: 'n', input: {} };
  const aiSdkResult = {
    type: 'tool-result',
    toolCallId: 'a',
    output: { type: 'text', value: 'r' },
  };

  it.each<[string, object]>([
    ['LangChain’s stored form', { type: 'human', data: { content: [use] } }],
    [
      'LangChain’s serialised form',
      { lc: 1, type: 'constructor', id: ['x', 'HumanMessage'], kwargs: { content: [use] } },
    ],
    ['LangChain’s v1 blocks', { type: 'human', contentBlocks: [{ type: 'tool_call', id: 'a' }] }],
    ['Anthropic’s messages', { role: 'user', content: [use] }],
    ['the AI SDK’s', { role: 'user', content: [aiSdkCall] }],
    ['a prompt of MCP', { role: 'user', content: use }],
  ])('refuses a call of the user in %s', (_, message) => {
    expect(() => read(message)).toThrow(
      /^messages\[0\]\.content\[0\]: a human message holds a tool/,
    );
  });

  it('refuses the tool_calls of OpenAI’s user', () => {
    const tool_calls = [{ id: 'a', type: 'function', function: { name: 'n', arguments: '{}' } }];
    expect(() => read({ role: 'user', content: 'Hi', tool_calls })).toThrow(
      /^messages\[0\]: only an ai message has tool_calls/,
    );
    expect(() => read({ role: 'user', content: 'Hi', tool_calls: [] })).not.toThrow();
  });

  it.each<[string, object]>([
    ['LangChain’s stored form', { type: 'ai', data: { content: [use, result, text] } }],
    ['Anthropic’s messages', { role: 'assistant', content: [use, result, text] }],
    ['the AI SDK’s', { role: 'assistant', content: [aiSdkCall, aiSdkResult, text] }],
    ['MCP blocks in it', { role: 'ai', content: [use, { ...result, content: [text] }, text] }],
  ])('reads a result in an answer as one behind it: %s', (_, message) => {
    expect(read({ role: 'user', content: 'Hi' }, message)).toMatchObject([
      {},
      {
        role: 'assistant',
        parts: [
          { type: 'call', id: 'a' },
          { type: 'result', callId: 'a' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'text', text: 't' }] },
    ]);
  });

  it('refuses a result in a system message', () => {
    expect(() => read({ role: 'system', content: [result] })).toThrow(
      /^messages\[0\]\.content\[0\]: .* tool message/,
    );
  });

  it('begins a turn where an answer goes on behind results', () => {
    const shape = (...content: object[]) =>
      read({ role: 'ai', content }).map(({ parts }) => parts.map(({ type }) => type).join(' '));
    const other = { ...use, id: 'b' };
    const otherResult = { ...result, tool_use_id: 'b' };
    expect(shape(text, use, other, result, otherResult, text)).toEqual([
      'text call call result result',
      'text',
    ]);
    expect(shape(use, result, text, other, otherResult)).toEqual([
      'call result',
      'text call result',
    ]);
    expect(shape(text, use)).toEqual(['text call']);
    expect(shape()).toEqual(['']);
  });

  it.each<[string, object, unknown]>([
    ['an object', { input: { x: 1 } }, { x: 1 }],
    ['text', { input: '{"x":1}' }, { x: 1 }],
    ['nothing', {}, {}],
    ['broken text', { input: '{"x"' }, { INVALID_JSON: '{"x"' }],
    ['a list', { input: [1] }, { INVALID_JSON: '[1]' }],
    ['text of a list', { input: '[1]' }, { INVALID_JSON: '[1]' }],
  ])('reads the input of a call that is %s', (_, given, input) => {
    const content = [{ type: 'tool_use', id: 'a', name: 'n', ...given }];
    expect(read({ role: 'ai', content })[0]?.parts).toMatchObject([{ input }]);
  });

  it('keeps an input’s __proto__ as data', () => {
    const content = [{ type: 'tool_use', id: 'a', name: 'n', input: '{"__proto__":{"x":1}}' }];
    const [part] = read({ role: 'ai', content })[0]!.parts;
    expect(JSON.stringify(part?.type === 'call' && part.input)).toBe('{"__proto__":{"x":1}}');
  });
});
