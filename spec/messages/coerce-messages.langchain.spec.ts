import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  type BaseMessageLike,
  ChatMessage,
  coerceMessageLikeToMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type UsageMetadata,
} from '@langchain/core/messages';
import { ChatPromptValue, StringPromptValue } from '@langchain/core/prompt_values';
import {
  coerceMessage,
  coerceMessages,
  type MessageInput,
} from '../../lib/messages/coerce-messages.js';

const blocks = [
  { type: 'text', text: 'What is this?' },
  { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
];
const call = { type: 'tool_call' as const, id: 'call_1', name: 'weather', args: { city: 'Graz' } };
const usage_metadata: UsageMetadata = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };

const instances: BaseMessage[] = [
  new HumanMessage('Hi'),
  new HumanMessage({ content: blocks, id: 'm1', name: 'Ada' }),
  new SystemMessage({ content: 'Be terse.', additional_kwargs: { a: 1 } }),
  new AIMessage('Hello!'),
  new AIMessage({
    content: [{ type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Graz' } }],
    tool_calls: [call],
    invalid_tool_calls: [
      { type: 'invalid_tool_call', id: 'b', name: 'f', args: '{', error: 'cut' },
    ],
    response_metadata: { stop_reason: 'tool_use' },
    usage_metadata,
  } as never),
  new AIMessageChunk({ content: 'Hel', id: 'run-1', usage_metadata } as never),
  new ToolMessage({
    content: '21 °C',
    tool_call_id: 'call_1',
    status: 'error',
    artifact: { t: 21 },
  }),
  new ToolMessage({ content: blocks, tool_call_id: 'call_1', name: 'weather' }),
];

/** What there is to a message, in LangChain's class or in ours. */
function recorded(message: object) {
  const { type, content, id, name, additional_kwargs, response_metadata, ...rest } =
    message as Record<string, unknown>;
  const { tool_calls, invalid_tool_calls, usage_metadata, tool_call_id, artifact } = rest;
  const withType = (call: object) => ({ type: 'tool_call', ...call });
  return {
    type,
    // LangChain has no content for none.
    content: JSON.stringify(content) === '[]' ? '' : content,
    id,
    name,
    additional_kwargs,
    response_metadata,
    tool_calls: (tool_calls as object[] | undefined)?.map(withType),
    invalid_tool_calls,
    usage_metadata,
    tool_call_id,
    artifact,
    // Ours says success where LangChain says nothing.
    failed: rest['status'] === 'error',
  };
}

describe('what LangChain takes for a message', () => {
  const likes: MessageInput[] = [
    'Hi',
    ['human', 'Hi'],
    ['user', blocks],
    ['ai', 'Hello!'],
    ['assistant', 'Hello!'],
    ['system', 'Be terse.'],
    ['developer', 'Be terse.'],
    { role: 'user', content: 'Hi' },
    { role: 'human', content: blocks, name: 'Ada', id: 'm1' },
    { type: 'human', content: 'Hi' },
    { type: 'system', role: 'user', content: 'Hi' },
    { role: 'developer', content: 'Be terse.', additional_kwargs: { a: 1 } },
    { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hello!' }] },
    { role: 'assistant', content: 'Hello!', tool_calls: [call] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Graz"}' },
        },
      ],
    },
    { role: 'assistant', tool_calls: [call] },
    { role: 'tool', content: '21 °C', tool_call_id: 'call_1' },
    {
      type: 'tool',
      content: '',
      tool_call_id: 'call_1',
      artifact: [1],
      status: 'error',
      name: 'weather',
    },
    ...instances.map((message) => JSON.parse(JSON.stringify(message)) as MessageInput),
  ];

  it.each(likes.map((like) => [JSON.stringify(like), like] as const))('%s', (_title, like) => {
    const theirs = coerceMessageLikeToMessage(structuredClone(like) as BaseMessageLike);
    expect(recorded(coerceMessage(structuredClone(like)))).toEqual(recorded(theirs));
  });

  it.each(instances)('%#, a message of its own', (message) => {
    const { type } = message;
    expect(recorded(coerceMessage(message))).toEqual({
      ...recorded(message),
      type,
    });
  });

  it('calls of older messages, which are among the additional arguments', () => {
    const like = () => ({
      role: 'assistant',
      content: '',
      additional_kwargs: {
        tool_calls: [
          { id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{"x":1}' } },
          { id: 'b', type: 'function' as const, function: { name: 'g', arguments: '{"x"' } },
        ],
      },
    });
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const theirs = recorded(coerceMessageLikeToMessage(like()));
    warn.mockRestore();
    const ours = recorded(coerceMessage(like()));
    expect(ours.tool_calls).toEqual(theirs.tool_calls);
    expect(ours.invalid_tool_calls).toMatchObject([{ id: 'b', name: 'g', args: '{"x"' }]);
  });

  it('messages of its older versions, which say their type by a method', () => {
    const message = { content: 'Hi', additional_kwargs: {}, _getType: () => 'human' };
    expect(coerceMessage(message)).toMatchObject({ type: 'human', content: 'Hi' });
  });

  it('messages of any role', () => {
    const message = new ChatMessage('Hi', 'user');
    expect(coerceMessage(message).type).toBe('human');
    expect(coerceMessage(message.toJSON() as unknown as MessageInput).type).toBe('human');
  });

  it('its standard blocks, in a field of their own', () => {
    const contentBlocks = [{ type: 'text' as const, text: 'Hello!' }];
    const message = new AIMessage({ contentBlocks });
    const ours = { type: 'ai', content: contentBlocks, text: 'Hello!' };
    expect(coerceMessage(message)).toMatchObject(ours);
    expect(coerceMessage(JSON.parse(JSON.stringify(message)) as MessageInput)).toMatchObject(ours);
    expect(coerceMessage({ role: 'assistant', contentBlocks })).toMatchObject(ours);
  });

  it("its prompts' values", () => {
    const chat = new ChatPromptValue([new SystemMessage('Be terse.'), new HumanMessage('Hi')]);
    expect(coerceMessages(chat).map(({ type, text }) => [type, text])).toEqual([
      ['system', 'Be terse.'],
      ['human', 'Hi'],
    ]);
    expect(coerceMessages(new StringPromptValue('Hi'))).toMatchObject([
      { type: 'human', content: 'Hi' },
    ]);
  });

  it('and what it refuses is refused, where it is invalid', () => {
    for (const like of [
      { role: 'narrator', content: 'x' },
      { role: 'tool', content: 'x' },
    ]) {
      expect(() => coerceMessageLikeToMessage(like as BaseMessageLike)).toThrow();
      expect(() => coerceMessage(like)).toThrow(TypeError);
    }
  });
});
