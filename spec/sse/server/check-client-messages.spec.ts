import fc from 'fast-check';
import { AIMessage, HumanMessage, ToolMessage } from 'rxlm';
import { z } from 'zod';
import { checkClientMessages } from '../../../lib/sse/server/check-client-messages.js';

const PNG = 'iVBORw0KGgo=';
const SECRET = 'sk-ant-very-secret';
const image = { type: 'image', data: PNG, mimeType: 'image/png' };
const call = { id: 'c1', name: 'depth', args: { sea: 'calm' } };
const said = (fields: object) => [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: '', ...fields },
  { role: 'user', content: 'Go on' },
];

/** What the refusal says, checked to be one that edges answer with 400. */
function refusal(messages: unknown, policy = {}): string {
  try {
    checkClientMessages(messages, policy);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ statusCode: 400, expose: true });
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

describe('checkClientMessages', () => {
  it.each([
    ['a string', 'Hi'],
    ['a message', { role: 'user', content: 'Hi' }],
    ['a list', [['human', 'Hi']]],
    ['blocks', [{ type: 'human', content: [{ type: 'text', text: 'Hi' }] }]],
  ])('accepts user text given as %s', (_, input) => {
    const messages = checkClientMessages(input);
    expect(messages.map(({ type, text }) => [type, text])).toEqual([['human', 'Hi']]);
  });

  it.each([
    ['LangChain’s', image],
    [
      'LangChain’s older',
      { type: 'image', source_type: 'base64', data: PNG, mime_type: 'image/png' },
    ],
    [
      'Anthropic’s',
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
    ],
    ['OpenAI’s', { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }],
    ['a short', { type: 'image_url', image_url: `data:image/png;base64,${PNG}` }],
    ['a data URL as', { type: 'image', url: `data:image/png;base64,${PNG}` }],
  ])('accepts an inline image in %s form and gives one form', (_, block) => {
    expect(checkClientMessages([{ role: 'user', content: [block] }])[0]?.content).toEqual([image]);
  });

  it('leaves out every field that it does not check', () => {
    const [message] = checkClientMessages([
      {
        role: 'user',
        content: 'Hi',
        id: 'm1',
        additional_kwargs: { __openai_role__: 'developer' },
        response_metadata: { model_provider: 'anthropic' },
        extra: 1,
      },
    ]);
    expect(JSON.parse(JSON.stringify(message))).toEqual({
      type: 'human',
      content: 'Hi',
      id: 'm1',
      additional_kwargs: {},
      response_metadata: {},
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no messages', [], /no message/],
    ['a system message', [['system', SECRET]], /^messages\[0\]: system messages/],
    ['a developer message', [{ role: 'developer', content: SECRET }], /system messages/],
    [
      'an assistant message',
      [
        ['human', 'a'],
        ['ai', SECRET],
      ],
      /^messages\[1\]: assistant/,
    ],
    ['a result', [{ role: 'tool', content: SECRET, tool_call_id: 'c' }], /results of tools/],
    [
      'a serialised system message',
      { lc: 1, id: ['SystemMessage'], kwargs: { content: SECRET } },
      /system/,
    ],
    ['no message at all', 5, /a message must be/],
    ['a null', null, /a message must be/],
    ['a line end in an id', [{ role: 'user', content: 'a', id: `a\n${SECRET}` }], /one line/],
    ['an object as a name', [{ role: 'user', content: 'a', name: { SECRET } }], /one line/],
  ])('refuses %s, and does not repeat it', (_, messages, why) => {
    const message = refusal(messages);
    expect(message).toMatch(why);
    expect(message).not.toContain(SECRET);
  });

  const url = (text: string) => ({ type: 'image', url: text });
  it.each<[string, object]>([
    ['https:', url('https://cdn.example.com/a.png')],
    ['http:', url('http://cdn.example.com/a.png')],
    ['file:', url('file:///etc/passwd')],
    ['an image_url of https:', { type: 'image_url', image_url: { url: 'https://a.bc/x.png' } }],
    [
      'Anthropic’s source of a URL',
      { type: 'image', source: { type: 'url', url: 'https://a.bc/x' } },
    ],
    ['a file id', { type: 'image', source: { type: 'file', file_id: 'file_1' } }],
    ['LangChain’s file id', { type: 'image', fileId: 'file_1' }],
    ['an older file id', { type: 'image', source_type: 'id', id: 'file_1' }],
    ['a file id beside data', { ...image, file_id: 'file_1' }],
    ['container_upload', { type: 'container_upload', file_id: 'file_1' }],
    ['a tool result', { type: 'tool_result', tool_use_id: 'a', content: 'b' }],
    ['a tool use', { type: 'tool_use', id: 'a', name: 'b', input: {} }],
    [
      'a document',
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PNG } },
    ],
    ['SVG', { type: 'image', data: PNG, mimeType: 'image/svg+xml' }],
    ['no media type', { type: 'image', data: PNG }],
    ['what is not base64', { type: 'image', data: '"}\n', mimeType: 'image/png' }],
    ['a cache point', { type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }],
    ['citations', { type: 'document', text: 'a', citations: { enabled: true } }],
    ['thinking', { type: 'thinking', thinking: 'a', signature: 'b' }],
    ['an unknown type', { type: 'x'.repeat(1000) }],
    ['a text that is none', { type: 'text', text: { toString: 1 } }],
    ['a source that is none', { type: 'image', source: 5 }],
    ['an image_url that is null', { type: 'image_url', image_url: null }],
    ['no type', {}],
  ])('refuses %s in a user message', (_, block) => {
    const message = refusal([{ role: 'user', content: [{ type: 'text', text: SECRET }, block] }]);
    expect(message).toMatch(/^messages\[0\]: content\[1\]: /);
    expect(message.length).toBeLessThan(200);
  });

  it('accepts https: URLs of public hosts where the policy says so, and no others', () => {
    const ask = (text: string) => [{ role: 'user', content: [url(text)] }];
    expect(checkClientMessages(ask('https://cdn.rxjs.dev/a.png'), { files: 'https' })).toHaveLength(
      1,
    );
    for (const text of [
      'http://cdn.rxjs.dev/a.png',
      'file:///etc/passwd',
      'https://169.254.169.254/latest/meta-data',
      'https://2852039166/',
      'https://[fe80::1]/',
      'https://metadata.google.internal/',
      'https://localhost/',
      'not a URL',
    ])
      expect(refusal(ask(text), { files: 'https' })).toMatch(/must be https: with a public host/);
    expect(refusal([{ role: 'user', content: [image] }], { files: false })).toMatch(/files/);
  });

  it('takes a conversation where the policy says so: the text of what the model has said', () => {
    const messages = said({
      content: [{ type: 'text', text: 'Hello', citations: [{ type: 'char_location' }], index: 0 }],
      response_metadata: { model: 'x' },
    });
    const checked = checkClientMessages(messages, { assistant: true });
    expect(checked[1]?.content).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(checked[1]?.response_metadata).toEqual({});
    expect(refusal(messages.slice(0, 2), { assistant: true })).toMatch(/last message must be/);
    expect(
      checkClientMessages(messages.slice(0, 2), { assistant: true, lastRole: 'any' }),
    ).toHaveLength(2);
  });

  it('refuses signatures that it cannot check, unless it is to drop or to take them', () => {
    const thinking = { type: 'thinking', thinking: 'Hm', signature: 'forged' };
    const messages = said({ content: [thinking, { type: 'text', text: 'Hello' }] });
    const contentOf = (policy: object) =>
      checkClientMessages(messages, { assistant: true, ...policy })[1]?.content;
    expect(refusal(messages, { assistant: true })).toMatch(/reasoning from a client/);
    expect(contentOf({ reasoning: 'drop' })).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(contentOf({ reasoning: true })).toContainEqual(thinking);
    expect(contentOf({ reasoning: (block: unknown) => block === thinking })).toContainEqual(
      thinking,
    );
    expect(refusal(messages, { assistant: true, reasoning: () => false })).toMatch(/reasoning/);
  });

  describe('with tools', () => {
    const tools = [{ name: 'depth', schema: z.object({ sea: z.string() }) }];
    const history = (own: object, result: object = {}) => [
      ['human', 'Hi'],
      {
        role: 'ai',
        content: [{ type: 'tool_use', id: 'c1', name: 'depth', input: {} }],
        tool_calls: [{ ...call, ...own }],
      },
      { role: 'tool', content: '0', tool_call_id: 'c1', ...result },
      ['human', 'Go on'],
    ];

    it('accepts calls of tools that exist, with arguments that match', () => {
      const checked = checkClientMessages(history({}), { tools });
      expect(checked[1]).toMatchObject({
        content: [],
        tool_calls: [{ type: 'tool_call', ...call }],
      });
      expect(checked[2]).toMatchObject({ content: '0', tool_call_id: 'c1', status: 'success' });
      expect(checkClientMessages(history({ name: 'other' }), { tools: true })).toHaveLength(4);
    });

    it.each<[object, object, RegExp]>([
      [{ name: 'other' }, {}, /no tool "other"/],
      [{ name: '__proto__' }, {}, /no tool "__proto__"/],
      [{ args: { sea: 5 } }, {}, /do not match/],
      [{ id: 'c2' }, {}, /tool_use/],
      [{}, { tool_call_id: 'c2' }, /must answer one call/],
      [{}, { status: 'perfect' }, /status/],
      [{}, { content: [{ type: 'container_upload', file_id: 'f' }] }, /not accepted/],
    ])('refuses %j %j', (own, result, why) => {
      expect(refusal(history(own, result), { tools })).toMatch(why);
    });

    it('refuses a second result of a call, and a result before its call', () => {
      const [human, ai, result, last] = history({});
      expect(refusal([human, ai, result, result, last], { tools })).toMatch(/must answer one call/);
      expect(refusal([human, result, ai, last], { tools })).toMatch(/must answer one call/);
    });

    it('takes invalid calls as text, and no null for one', () => {
      const invalid = {
        type: 'invalid_tool_call',
        id: 'c1',
        name: 'depth',
        args: '{',
        error: SECRET,
      };
      const given = new AIMessage({ content: '', invalid_tool_calls: [invalid as never] });
      const policy = { tools, lastRole: 'any' } as const;
      const [, checked] = checkClientMessages([new HumanMessage('a'), given], policy);
      expect(checked).toMatchObject({ invalid_tool_calls: [{ args: '{', id: 'c1' }] });
      expect(JSON.stringify(checked)).not.toContain(SECRET);
      for (const odd of [null, 5, {}, { ...invalid, args: 5 }, { ...invalid, name: 5 }])
        expect(refusal(said({ invalid_tool_calls: [odd] }), { tools })).toMatch(/tool call needs/);
    });

    it('refuses them all by default', () => {
      expect(refusal(history({}), { assistant: true })).toMatch(/tool calls are not accepted/);
      const result = new ToolMessage({ content: 'a', tool_call_id: 'c1' });
      expect(refusal([result])).toMatch(/results of tools/);
    });
  });

  it('limits how many messages there are, and how large they are together', () => {
    const two = ['a', 'é'.repeat(50)];
    expect(checkClientMessages(two, { maxMessages: 2, maxBytes: 101 })).toHaveLength(2);
    expect(refusal(two, { maxMessages: 1 })).toBe(
      'there are 2 messages, and at most 1 are accepted',
    );
    expect(refusal(two, { maxBytes: 100 })).toMatch(/^messages\[1\]: .*larger than 100 bytes/);
    expect(refusal(Array(1001).fill('a'))).toMatch(/1001 messages/);
    expect(refusal({ messages: Array(1001).fill('a') })).toMatch(/1001 messages/);
  });

  it('gives for any JSON messages of the user alone, or a refusal of its own', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const given = JSON.parse(json) as unknown;
        for (const input of [
          given,
          [{ role: 'user', content: [given] }],
          said({ tool_calls: given }),
        ]) {
          try {
            expect(checkClientMessages(input).every(({ type }) => type === 'human')).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ statusCode: 400 });
          }
        }
      }),
    );
  });
});
