import { lastValueFrom, toArray } from 'rxjs';
import { type AIMessage, runTools, tool } from 'rxlm';
import { ChatGoogle, type GoogleOptions } from 'rxlm/google';
import { chatStream } from '../support/decode-stream';
import { refused, startWireServer, streamed, type WireServer } from '../support/wire-server';

const said = (...parts: readonly object[]) => ({ candidates: [{ content: { parts }, index: 0 }] });
const stop = { candidates: [{ finishReason: 'STOP', index: 0 }] };
const answer = (...values: readonly object[]) => streamed(chatStream(...values, stop));
const hello = answer(said({ text: 'Hel' }), said({ text: 'lo' }));

describe('ChatGoogle', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const model = (options: Partial<GoogleOptions> = {}) =>
    new ChatGoogle({ model: 'gemini-3-flash', baseURL: server.url, maxRetries: 0, ...options });
  const last = () => server.requests.at(-1);

  it('streams token by token, and folds to what invoke returns', async () => {
    server.answer(hello, hello);
    const chunks = await lastValueFrom(model().stream$('Hi').pipe(toArray()));
    expect(chunks.map(({ text }) => text)).toEqual(['', 'Hel', 'lo', '']);
    expect(await model().invoke('Hi')).toMatchObject({ content: 'Hello', finish_reason: 'stop' });
    expect(last()).toMatchObject({
      path: '/models/gemini-3-flash:streamGenerateContent?alt=sse',
      body: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
    });
  });

  it('sends a key by its own header, and a token as Vertex wants it', async () => {
    server.answer(hello, hello, hello);
    await model({ apiKey: 'sk-canary-1' }).invoke('Hi');
    expect(last()?.headers).toMatchObject({ 'x-goog-api-key': 'sk-canary-1' });
    const place = '/v1/projects/p/locations/l/publishers/google';
    const apiKey = () => Promise.resolve('a-token');
    await model({ apiKey, baseURL: `${server.url}${place}/` }).invoke('Hi');
    expect(last()?.headers).toMatchObject({ authorization: 'Bearer a-token' });
    expect(last()?.headers).not.toHaveProperty('x-goog-api-key');
    expect(last()?.path).toBe(`${place}/models/gemini-3-flash:streamGenerateContent?alt=sse`);
    await model({
      apiKey,
      model: 'tunedModels/a b',
      headers: { Authorization: 'x', b: null },
    }).invoke('Hi');
    expect(last()?.headers.authorization).toBe('x');
    expect(last()?.path).toBe('/tunedModels/a%20b:streamGenerateContent?alt=sse');
  });

  it('takes a key of the environment for Google only, and says where there is none', async () => {
    const names = ['GOOGLE_API_KEY', 'GEMINI_API_KEY'] as const;
    const before = names.map((name) => process.env[name]);
    const sent: unknown[] = [];
    const fetch = (_url: string, init: RequestInit) => {
      sent.push((init.headers as Record<string, string>)['x-goog-api-key']);
      return Promise.reject(new TypeError('fetch failed'));
    };
    const google = new ChatGoogle({ model: 'm', maxRetries: 0, fetch });
    for (const name of names) Reflect.deleteProperty(process.env, name);
    await expect(google.invoke('Hi')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('GOOGLE_API_KEY') as string,
    });
    process.env['GEMINI_API_KEY'] = 'a-gemini-key';
    await expect(google.invoke('Hi')).rejects.toMatchObject({ code: 'connection' });
    process.env['GOOGLE_API_KEY'] = 'a-google-key';
    await expect(google.invoke('Hi')).rejects.toMatchObject({ code: 'connection' });
    await expect(model({ fetch }).invoke('Hi')).rejects.toMatchObject({ code: 'connection' });
    expect(sent).toEqual(['a-gemini-key', 'a-google-key', undefined]);
    names.forEach((name, at) => {
      if (before[at] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[at];
    });
  });

  it.each([
    ['a cut stream', streamed(chatStream(said({ text: 'Hi' }))), { code: 'truncated' }],
    [
      'an error in the stream',
      streamed(chatStream(said({ text: 'Hi' }), { error: { code: 503, status: 'UNAVAILABLE' } })),
      { code: 'overloaded', status: 503, partial: { content: 'Hi' } },
    ],
    [
      'a wrong key',
      refused(400, {
        error: { code: 400, message: 'API key not valid. Please…', status: 'INVALID_ARGUMENT' },
      }),
      { code: 'unauthorized', status: 400, retryable: false },
    ],
    [
      'too much asked',
      refused(429, {
        error: { code: 429, status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '7s' }] },
      }),
      { code: 'rate_limited', retryable: true, retryAfterMs: 7000 },
    ],
    ['an array without alt=sse', streamed('[{}]', 'application/json'), { code: 'content_type' }],
  ])('fails by %s', async (_, reply, error) => {
    server.answer(reply);
    await expect(model().invoke('Hi')).rejects.toMatchObject({ ...error, provider: 'google' });
  });

  it('asks again where an answer has failed at once', async () => {
    const malformed = { candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL', index: 0 }] };
    server.answer(streamed(chatStream(malformed)), hello);
    expect((await model({ maxRetries: 1 }).invoke('Hi')).text).toBe('Hello');
  });

  it('runs an agent, and sends signatures and ids back on their parts, through JSON or not', async () => {
    const functionCall = { id: 'own', name: 'add', args: { a: 1 } };
    const call = { functionCall, thoughtSignature: 'S' };
    const add = tool({
      name: 'add',
      description: 'adds',
      schema: { type: 'object', properties: { a: { type: 'number' } } } as never,
      func: () => '3',
    });
    server.answer(answer(said(call, { functionCall: { name: 'add', args: {} } })), hello);
    const { messages } = await runTools(model(), [add]).invoke('1 + 2?');
    const parts = [call, { functionCall: { name: 'add', args: {} } }];
    const response = { name: 'add', response: { output: '3' } };
    const contents = [
      { role: 'model', parts },
      {
        role: 'user',
        parts: [{ functionResponse: { id: 'own', ...response } }, { functionResponse: response }],
      },
    ];
    expect(last()?.body).toMatchObject({ contents: [expect.anything(), ...contents] });
    server.answer(hello);
    await model().invoke([
      ['human', '1 + 2?'],
      ...(JSON.parse(JSON.stringify(messages)) as AIMessage[]),
      ['human', 'Go on'],
    ]);
    expect(last()?.body).toMatchObject({
      contents: [
        expect.anything(),
        ...contents,
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'Go on' }] },
      ],
    });
  });

  it('says what it is', async () => {
    server.answer(hello);
    const listeners = [jest.fn()];
    await model({ temperature: 0, maxTokens: 9 }).invoke('Hi', { listeners });
    expect(listeners[0]).toHaveBeenCalledWith(
      expect.objectContaining({
        name: 'ChatGoogle',
        metadata: {
          ls_provider: 'google',
          ls_model_name: 'gemini-3-flash',
          ls_model_type: 'chat',
          ls_temperature: 0,
          ls_max_tokens: 9,
        },
      }),
    );
  });

  it('refuses options that are none, at the call that has them', () => {
    expect(() => model({ thinkingBudget: 5 } as never)).toThrow(/use reasoning/);
    expect(() => model().bind({ topK: 'x' } as never)).toThrow(/topK must be/);
  });
});
