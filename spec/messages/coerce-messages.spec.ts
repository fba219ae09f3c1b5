import { AIMessage } from '../../lib/messages/ai-message.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import {
  coerceMessage,
  coerceMessages,
  type MessageInput,
  type MessagesInput,
} from '../../lib/messages/coerce-messages.js';
import { HumanMessage } from '../../lib/messages/human-message.js';
import { SystemMessage } from '../../lib/messages/system-message.js';
import { ToolMessage } from '../../lib/messages/tool-message.js';

const blocks = [
  { type: 'text', text: 'Hi' },
  { type: 'image', url: 'https://example.org/a.png' },
];

describe('what is taken for messages', () => {
  const human = new HumanMessage('Hi');
  it.each<[string, MessagesInput, unknown[]]>([
    ['a string', 'Hi', [human]],
    ['a message', human, [human]],
    ['a pair of role and text', ['human', 'Hi'], [human]],
    ['a pair of role and blocks', ['user', blocks], [new HumanMessage({ content: blocks })]],
    ['an object with a role', { role: 'user', content: 'Hi' }, [human]],
    ['an object with a type', { type: 'human', content: 'Hi' }, [human]],
    ['strings', ['Hi', 'there'], [human, new HumanMessage('there')]],
    ['nothing', [], []],
    [
      'a mixture',
      ['Hi', ['ai', 'Hello'], { role: 'system', content: 'Be terse.' }, human],
      [human, new AIMessage('Hello'), new SystemMessage('Be terse.'), human],
    ],
    ['an array that holds a pair', [['human', 'Hi']], [human]],
    [
      'two messages of which the first is a role',
      ['user', ['human', 'Hi']],
      [new HumanMessage('user'), human],
    ],
    ["a prompt's value", { messages: ['Hi', ['ai', 'Hello']] }, [human, new AIMessage('Hello')]],
    ["a prompt's value that is asked", { toChatMessages: () => ['Hi'] }, [human]],
  ])('%s', (_title, input, messages) => {
    expect(coerceMessages(input)).toStrictEqual(messages);
  });

  it('leaves a message as it is', () => {
    const chunk = new AIMessageChunk('Hi');
    expect(coerceMessage(chunk)).toBe(chunk);
  });

  it.each([
    ['human', 'human'],
    ['user', 'human'],
    ['ai', 'ai'],
    ['assistant', 'ai'],
    ['Assistant', 'ai'],
    ['system', 'system'],
    ['developer', 'system'],
  ] as const)('the role %s makes a message of type %s', (role, type) => {
    expect(coerceMessage([role, 'Hi'])).toMatchObject({ type, content: 'Hi' });
    expect(coerceMessage({ role, content: 'Hi' })).toMatchObject({ type, content: 'Hi' });
  });

  it('prefers the role to a type that says something else', () => {
    expect(coerceMessage({ type: 'message', role: 'assistant', content: blocks })).toStrictEqual(
      new AIMessage({ content: blocks }),
    );
  });

  it('takes null for what is not there', () => {
    expect(
      coerceMessage({
        type: 'ai',
        content: null,
        id: null,
        name: null,
        usage_metadata: null,
        tool_calls: null,
        additional_kwargs: null,
      }),
    ).toStrictEqual(new AIMessage(''));
  });

  it('keeps that an instruction was the developer’s where LangChain keeps it', () => {
    expect(
      coerceMessage({ role: 'developer', content: 'Be terse.', additional_kwargs: { a: 1 } }),
    ).toStrictEqual(
      new SystemMessage({
        content: 'Be terse.',
        additional_kwargs: { a: 1, __openai_role__: 'developer' },
      }),
    );
  });

  it('keeps `__proto__` in content and metadata as a key', () => {
    const data =
      '{"type":"ai","content":[{"type":"x","__proto__":{"a":1}}],"response_metadata":{"__proto__":2}}';
    const message = coerceMessage(JSON.parse(data) as MessageInput);
    expect(JSON.stringify(message)).toContain('[{"type":"x","__proto__":{"a":1}}]');
    expect(JSON.stringify(message)).toContain('{"__proto__":2}');
    expect(message.content[0]).not.toHaveProperty('a');
  });
});

describe('a message as data', () => {
  it.each([
    new HumanMessage({ content: 'Hi', id: 'm1', name: 'Ada' }),
    new SystemMessage({ content: blocks, additional_kwargs: { a: [1] } }),
    new ToolMessage({
      content: 'no',
      tool_call_id: 't1',
      status: 'error',
      artifact: { rows: [1] },
    }),
    new AIMessage({
      content: [
        { type: 'thinking', thinking: 'hm\u2028', signature: 'c2ln+/=' },
        { type: 'redacted_thinking', data: 'EvAB…' },
        { type: 'tool_use', id: 'c', name: 'f', input: { deep: [{ a: null }] } },
      ],
      id: 'run-1',
      response_metadata: { stop_reason: 'tool_use', stop_sequence: null },
      finish_reason: 'tool_call',
      tool_calls: [{ type: 'tool_call', id: 'c', name: 'f', args: { deep: [{ a: null }] } }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'd', args: '{', error: 'cut' }],
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    }),
  ])('%# that has been JSON is the same message again', (message) => {
    expect(coerceMessages(JSON.parse(JSON.stringify([message])) as [])).toStrictEqual([message]);
  });

  it('that a chunk has become is a message', () => {
    const data = JSON.parse(JSON.stringify(new AIMessageChunk('Hi'))) as MessageInput;
    expect(coerceMessage(data)).toStrictEqual(new AIMessage('Hi'));
  });

  it('may hold its calls in OpenAI’s form', () => {
    const { tool_calls, invalid_tool_calls, content } = coerceMessage({
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
        { id: 'b', type: 'function', function: { name: 'g', arguments: '{"x"' } },
      ],
    }) as AIMessage;
    expect(content).toBe('');
    expect(tool_calls).toEqual([{ type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } }]);
    expect(invalid_tool_calls).toMatchObject([{ id: 'b', name: 'g', args: '{"x"' }]);
  });
});

describe('what is no message', () => {
  it.each<[string, unknown, string]>([
    ['a number', 5, 'got 5'],
    ['null', null, 'got null'],
    ['nothing', undefined, 'got undefined'],
    ['an unknown role', { role: 'narrator', content: 'Hi' }, 'got "narrator"'],
    ['no role', { content: 'Hi' }, 'got undefined'],
    ['a role of Object.prototype', { role: 'constructor', content: 'Hi' }, 'got "constructor"'],
    ['an empty object', {}, 'got undefined'],
    [
      'no content',
      { role: 'user' },
      'content must be a string or an array of blocks, got undefined',
    ],
    [
      'content that is none',
      { role: 'user', content: 5 },
      'content must be a string or an array of blocks, got 5',
    ],
    ['blocks that are none', { role: 'user', content: ['secret'] }, 'got an array of 1'],
    [
      'a tool message for no call',
      { role: 'tool', content: 'x' },
      'needs the tool_call_id that it answers, got undefined',
    ],
    [
      'a call without a name',
      { role: 'ai', tool_calls: [{ id: 'a' }] },
      'a tool call needs the name of its tool, got undefined',
    ],
  ])('%s is a TypeError that says so', (_title, input, message) => {
    expect(() => coerceMessages(input as string)).toThrow(TypeError);
    expect(() => coerceMessages(input as string)).toThrow(message);
  });

  it('is named by its place, and not by what is in it', () => {
    const attempt = () => coerceMessages(['Hi', ['secret', 'plan'], 'there']);
    expect(attempt).toThrow(/^messages\[1\]: a message must be .*, got an array of 2$/);
  });
});
