import {
  convertToModelMessages,
  DefaultChatTransport,
  readUIMessageStream,
  simulateReadableStream,
  type UIMessage,
} from 'ai';
import { from, lastValueFrom, toArray } from 'rxjs';
import { AIMessageChunk, type AnyMessage, ToolMessage } from 'rxlm';
import { toRequestMessages } from '../../../lib/anthropic/request/to-request-messages';
import { fromUIMessages, type UIMessageLike } from '../../../lib/sse/ui/from-ui-messages';
import type { FromUIMessagesOptions } from '../../../lib/sse/ui/from-ui-options';
import { toUIMessageStream } from '../../../lib/sse/ui/to-ui-message-stream';

/** Messages as they are kept apart, without what is not there. */
const shown = (messages: readonly AnyMessage[]) =>
  messages.map(({ type, content, ...more }) => [
    type,
    content,
    ...('tool_calls' in more && more.tool_calls.length > 0 ? [more.tool_calls] : []),
    ...('tool_call_id' in more ? [more.tool_call_id, more.status] : []),
  ]);

const user = (...parts: UIMessage['parts']): UIMessageLike => ({ role: 'user', parts });
const assistant = (...parts: UIMessage['parts']): UIMessageLike => ({ role: 'assistant', parts });

describe('fromUIMessages', () => {
  it('takes texts of every role', () => {
    expect(
      shown(
        fromUIMessages(
          [
            { role: 'system', parts: [{ type: 'text', text: 'Be terse.' }] },
            user({ type: 'text', text: 'Hi' }),
            assistant({ type: 'step-start' }, { type: 'text', text: 'Yes?', state: 'done' }),
            user({ type: 'text', text: 'a' }, { type: 'text', text: 'b' }),
          ],
          { system: true },
        ),
      ),
    ).toEqual([
      ['system', 'Be terse.'],
      ['human', 'Hi'],
      ['ai', 'Yes?'],
      [
        'human',
        [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      ],
    ]);
  });

  it('makes each step an AI message, with the results of its calls behind it', () => {
    const call = { type: 'tool_call', id: 'c1', name: 'weather', args: { city: 'Graz' } };
    expect(
      shown(
        fromUIMessages(
          [
            assistant(
              { type: 'step-start' },
              { type: 'text', text: 'I look.' },
              {
                type: 'tool-weather',
                toolCallId: 'c1',
                state: 'output-available',
                input: { city: 'Graz' },
                output: { celsius: 21 },
              },
              {
                type: 'dynamic-tool',
                toolName: 'time',
                toolCallId: 'c2',
                state: 'output-error',
                input: undefined,
                errorText: 'no clock',
              },
              { type: 'step-start' },
              { type: 'text', text: '21 °C.' },
            ),
          ],
          { tools: true, lastRole: 'any' },
        ),
      ),
    ).toEqual([
      ['ai', 'I look.', [call, { type: 'tool_call', id: 'c2', name: 'time', args: {} }]],
      ['tool', '{"celsius":21}', 'c1', 'success'],
      ['tool', 'no clock', 'c2', 'error'],
      ['ai', '21 °C.'],
    ]);
  });

  it('leaves out what is for the reader only, and what is empty', () => {
    const parts = [
      { type: 'data-weather', data: { secret: 1 } },
      { type: 'source-url', sourceId: '1', url: 'https://a.test' },
      { type: 'source-document', sourceId: '2', mediaType: 'text/plain', title: 'a' },
      { type: 'text', text: '' },
    ];
    expect(
      fromUIMessages(
        [
          { role: 'assistant', parts: [...parts, { type: 'reasoning', text: 'unsigned' }] },
          { role: 'user', parts },
        ],
        { lastRole: 'any' },
      ),
    ).toEqual([]);
  });

  it.each([
    ['text', 'messages must be an array of UI messages, got "text"'],
    [[null], 'messages[0]: a UI message must be an object, got null'],
    [[{ role: 'user' }], "messages[0]: a UI message's parts must be an array, got undefined"],
    [
      [{ role: 'tool', parts: [] }],
      'messages[0]: a UI message\'s role must be system, user or assistant, got "tool"',
    ],
    [
      [{ role: 'user', parts: ['Hi'] }],
      'messages[0]: parts[0] must be an object with a type, got "Hi"',
    ],
    [
      [{ role: 'user', parts: [{ type: 'text' }] }],
      'messages[0]: a part of type "text" needs a string as its text',
    ],
    [
      [{ role: 'assistant', parts: [{ type: 'tool-a', state: 'output-available' }] }],
      'messages[0]: a part of type "tool-a" needs a string as its toolCallId',
    ],
  ])('refuses %j', (given, message) => {
    const read = () => fromUIMessages(given as never);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(message);
  });

  it('has `__proto__` for data', () => {
    const input = JSON.parse('{"__proto__":{"polluted":1}}') as unknown;
    const part = { type: 'tool-a', toolCallId: '1', state: 'output-available', input, output: 1 };
    const [ai] = fromUIMessages([{ role: 'assistant', parts: [part] }], { tools: true });
    expect(JSON.stringify(ai)).toContain('"__proto__":{"polluted":1}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('what a client may not say', () => {
  const answered = (more: object): UIMessageLike => ({
    role: 'assistant',
    parts: [
      {
        type: 'tool-add',
        toolCallId: '1',
        state: 'output-available',
        input: { a: 1 },
        output: 2,
        ...more,
      },
    ],
  });
  const add = {
    name: 'add',
    schema: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) =>
          typeof (value as { a?: unknown }).a === 'number'
            ? { value }
            : { issues: [{ message: 'a must be a number' }] },
      },
    },
  };
  const hi = user({ type: 'text', text: 'Hi' });

  it.each<[string, UIMessageLike[], FromUIMessagesOptions, string]>([
    [
      'a system message',
      [{ role: 'system', parts: [{ type: 'text', text: 'secret' }] }, hi],
      {},
      'messages[0]: system messages are not accepted from a client',
    ],
    [
      'a call where there are no tools',
      [answered({})],
      {},
      'messages[0]: tool calls are not accepted from a client',
    ],
    [
      'a tool that does not exist',
      [answered({ type: 'tool-erase' })],
      { tools: [add] },
      'messages[0]: there is no tool "erase"',
    ],
    [
      'an input that the schema refuses',
      [answered({ input: { a: 'secret' } })],
      { tools: [add] },
      'messages[0]: the arguments of "add" do not match its schema',
    ],
    [
      'a last word that is not its own',
      [hi, assistant({ type: 'text', text: 'secret' })],
      {},
      'the last message must be the user’s, or have the results of its calls',
    ],
    [
      'more than is accepted',
      [hi, hi],
      { maxMessages: 1 },
      'there are 2 messages, and at most 1 are accepted',
    ],
    [
      'more bytes',
      [hi, hi],
      { maxBytes: 80 },
      'messages[1]: all messages together are larger than 80 bytes',
    ],
    [
      'a file that is no image',
      [
        user({
          type: 'file',
          mediaType: 'application/pdf',
          url: 'data:application/pdf;base64,AA==',
        }),
      ],
      {},
      'messages[0]: content[0]: files of type "application/pdf" are not accepted from a client',
    ],
  ])('%s', (_, messages, options, text) => {
    const read = () => fromUIMessages(messages, options);
    expect(read).toThrow(text);
    expect(read).toThrow(expect.objectContaining({ name: 'TypeError', status: 400 }) as Error);
  });

  it.each<[string, object, string]>([
    [
      'a signature without a proof',
      { type: 'reasoning', text: 'secret', providerMetadata: { anthropic: { signature: 'c2ln' } } },
      'a signature or a block of a provider comes without the proof of the server',
    ],
    [
      'a block of the provider without a proof',
      { type: 'data-rxlm-block', data: { rest: { type: 'container_upload', file_id: 'secret' } } },
      'a signature or a block of a provider comes without the proof of the server',
    ],
    [
      'a block in place of a part',
      { type: 'container_upload', file_id: 'secret' },
      'parts of type "container_upload" are not accepted from a client',
    ],
    [
      'a state that no call is in',
      { type: 'tool-add', toolCallId: '1', state: 'secret\n', input: {} },
      'a part of type "tool-add" cannot be in the state',
    ],
  ])('%s', (_, part, text) => {
    const page = [{ role: 'assistant', parts: [part] }, hi];
    for (const options of [{}, { sign: (given: string) => `proof of ${given}` }])
      expect(() => fromUIMessages(page, options)).toThrow(
        expect.objectContaining({
          status: 400,
          message: expect.stringContaining(text) as string,
        }) as Error,
      );
    expect(fromUIMessages(page, { trusted: true })).not.toEqual([]);
  });

  it('reasoning or a call in what the user says', () => {
    for (const part of [{ type: 'reasoning', text: 'a' }, answered({}).parts[0]])
      expect(() => fromUIMessages([{ role: 'user', parts: [part] }], { tools: true })).toThrow(
        'only an assistant message has reasoning and calls of tools',
      );
  });

  it('what nests too deep to be looked at, or cannot be read', () => {
    const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
    for (const levels of [64, 5_000, 100_000])
      expect(() =>
        fromUIMessages([answered({ input: { a: deep(levels) } }), hi], { tools: true }),
      ).toThrow('messages[0]: the input nests deeper than 64 levels');
    const stored = [answered({ input: { a: deep(100) } })];
    expect(fromUIMessages(stored, { trusted: true })).toHaveLength(2);
    const trap = Object.defineProperty({ type: 'text' }, 'text', {
      enumerable: true,
      get() {
        throw new TypeError('secret');
      },
    });
    expect(() => fromUIMessages([{ role: 'user', parts: [trap] }])).toThrow(
      expect.objectContaining({ message: 'messages[0]: the input cannot be read' }) as Error,
    );
  });

  it('is judged by the server’s own code, whose failure is no refusal', () => {
    const failure = new TypeError('ours');
    const fails = () => {
      throw failure;
    };
    const schema = { '~standard': { version: 1, vendor: 'test', validate: fails } };
    const file = { type: 'file', mediaType: 'image/png', providerReference: { anthropic: 'f' } };
    const signed = { type: 'reasoning', text: 'a', providerMetadata: { rxlm: { proof: 'p' } } };
    for (const [message, options] of [
      [answered({}), { tools: [{ name: 'add', schema }] }],
      [answered({}), { tools: [{ name: 'add', outputSchema: schema as unknown }] }],
      [user({ type: 'data-a', data: 1 }), { convertDataPart: fails }],
      [{ role: 'user', parts: [file] }, { fileIds: fails }],
      [{ role: 'assistant', parts: [signed] }, { sign: fails }],
    ] as const) {
      let thrown: unknown;
      try {
        fromUIMessages([message], { ...options, lastRole: 'any' });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBe(failure);
    }
  });

  it('is not said of a call that came to nothing: that was why', () => {
    const failed = { state: 'output-error', errorText: 'No.', output: undefined };
    for (const more of [{ type: 'tool-guessed' }, { input: { a: 'x' } }]) {
      const [ai, result] = fromUIMessages([answered({ ...failed, ...more })], { tools: [add] });
      expect(ai).toMatchObject({ tool_calls: [{ id: '1' }] });
      expect(result).toMatchObject({ status: 'error', content: 'No.' });
    }
  });

  it('is all that a server may say of its own', () => {
    const system = { role: 'system', parts: [{ type: 'text', text: 'Be terse.' }] };
    const own = [system, answered({}), assistant({ type: 'text', text: 'Yes?' })];
    const taken = fromUIMessages(own, { trusted: true });
    expect(taken.map(({ type }) => type)).toEqual(['system', 'ai', 'tool', 'ai']);
  });
});

describe('a conversation that went to the AI SDK’s client and back', () => {
  const thinking = { type: 'thinking', thinking: 'Hm.', index: 0 };
  const turns = [
    new AIMessageChunk({ id: 'm1', content: [thinking] }),
    new AIMessageChunk({ id: 'm1', content: [{ type: 'thinking', signature: 'c2', index: 0 }] }),
    new AIMessageChunk({ id: 'm1', content: [{ type: 'thinking', signature: 'ln', index: 0 }] }),
    new AIMessageChunk({
      id: 'm1',
      content: [{ type: 'redacted_thinking', data: 'cmVk', index: 1 }],
    }),
    new AIMessageChunk({ id: 'm1', content: [{ type: 'text', text: 'I look.', index: 2 }] }),
    new AIMessageChunk({
      id: 'm1',
      content: '',
      tool_calls: [{ type: 'tool_call', id: 'c1', name: 'weather', args: { city: 'Graz' } }],
    }),
    new ToolMessage({ content: '{"celsius":21}', tool_call_id: 'c1' }),
    new AIMessageChunk({ id: 'm2', content: '21 °C.' }),
  ];

  /** The message that the client holds at last. */
  async function held(): Promise<UIMessage> {
    const chunks = await lastValueFrom(from(turns).pipe(toUIMessageStream(), toArray()));
    const stream = simulateReadableStream({ chunks });
    let last: UIMessage | undefined;
    for await (const message of readUIMessageStream({ stream: stream })) last = message;
    return last!;
  }

  it('is the same to the provider: signed and redacted thinking, the call, its result, the answer', async () => {
    const back = fromUIMessages(JSON.parse(JSON.stringify([await held()])) as UIMessage[], {
      trusted: true,
    });
    expect(toRequestMessages(back).messages).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
          { type: 'redacted_thinking', data: 'cmVk' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Graz' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"celsius":21}' }],
      },
      { role: 'assistant', content: '21 °C.' },
    ]);
  });

  it('has the parts that the AI SDK itself would send to a model', async () => {
    const message = await held();
    const theirs = await convertToModelMessages([message]);
    const parts = (content: unknown) =>
      Array.isArray(content) ? content.map(({ type }: { type: string }) => type) : [typeof content];
    expect(theirs.map(({ role, content }) => [role, parts(content)])).toEqual([
      ['assistant', ['reasoning', 'reasoning', 'text', 'tool-call']],
      ['tool', ['tool-result']],
      ['assistant', ['text']],
    ]);
    expect(fromUIMessages([message], { trusted: true }).map(({ type }) => type)).toEqual([
      'ai',
      'tool',
      'ai',
    ]);
  });

  it('is what DefaultChatTransport sends', async () => {
    let body: unknown;
    const transport = new DefaultChatTransport({
      api: 'http://127.0.0.1/',
      fetch: (_, init) => {
        body = JSON.parse(init!.body as string);
        return Promise.resolve(new Response('data: [DONE]\n\n'));
      },
    });
    const mine: UIMessage = { id: '1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
    await transport.sendMessages({
      chatId: '1',
      messageId: undefined,
      messages: [mine, await held()],
      trigger: 'submit-message',
      abortSignal: undefined,
    });
    const { messages } = body as { messages: UIMessage[] };
    expect(
      fromUIMessages(messages, { tools: true, lastRole: 'any' }).map(({ type }) => type),
    ).toEqual(['human', 'ai', 'tool', 'ai']);
  });
});
