import { inspect } from 'node:util';
import { lastValueFrom, toArray } from 'rxjs';
import { type ModelError, runTools, tool } from 'rxlm';
import { ChatOpenAI, type OpenAIOptions } from 'rxlm/openai';
import { chatStream, namedStream } from '../support/decode-stream';
import { refused, startWireServer, streamed, type WireServer } from '../support/wire-server';

const KEY = 'sk-canary-0123456789';
const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'c1',
  model: 'gpt-x',
  choices: [{ index: 0, delta, finish_reason }],
});
const hello = chatStream(
  chunk({ content: 'Hel' }),
  chunk({ content: 'lo' }),
  chunk({}, 'stop'),
  '[DONE]',
);
const asks = chatStream(
  chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'add', arguments: '{"a":1}' } }] }),
  chunk({}, 'tool_calls'),
  '[DONE]',
);

describe('ChatOpenAI', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const model = (options: Partial<OpenAIOptions> = {}) =>
    new ChatOpenAI({
      model: 'gpt-x',
      baseURL: `${server.url}/v1/`,
      apiKey: KEY,
      maxRetries: 0,
      ...options,
    });
  const last = () => server.requests.at(-1);

  it('streams token by token, and folds to what invoke returns', async () => {
    server.answer(streamed(hello), streamed(hello));
    const chunks = await lastValueFrom(model().stream$('Hi').pipe(toArray()));
    expect(chunks.map(({ text }) => text)).toEqual(['', 'Hel', 'lo', '']);
    expect(await model().invoke('Hi')).toMatchObject({ content: 'Hello', finish_reason: 'stop' });
    expect(last()).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}` },
      body: { model: 'gpt-x', stream: true },
    });
  });

  it('runs an agent', async () => {
    server.answer(streamed(asks), streamed(hello));
    const add = tool({ name: 'add', schema: { type: 'object' } as never, func: () => '3' });
    const { output, steps } = await runTools(model(), [add]).invoke('1 + 2?');
    expect([output.text, steps]).toEqual(['Hello', 2]);
    expect(last()?.body).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', tool_calls: [{ id: 'a', function: { arguments: '{"a":1}' } }] },
        { role: 'tool', tool_call_id: 'a', content: '3' },
      ],
    });
  });

  it('calls the Responses API where asked to', async () => {
    const completed = {
      type: 'response.completed',
      response: { id: 'r', output: [], usage: null },
    };
    const answer = streamed(
      namedStream(
        { type: 'response.output_text.delta', delta: 'Hi', output_index: 0 } as never,
        completed,
      ),
    );
    server.answer(answer, answer);
    expect((await model({ api: 'responses' }).invoke('Hi')).text).toBe('Hi');
    expect(last()?.path).toBe('/v1/responses');
    expect((await model({ useResponsesApi: true }).invoke('Hi')).text).toBe('Hi');
  });

  it('reports whose model it is', async () => {
    server.answer(streamed(hello));
    const [start, , ...rest] = await lastValueFrom(
      model({ provider: 'groq', temperature: 0.5 }).events$('Hi').pipe(toArray()),
    );
    expect(start?.metadata).toEqual({
      ls_provider: 'groq',
      ls_model_name: 'gpt-x',
      ls_model_type: 'chat',
      ls_temperature: 0.5,
    });
    expect(rest.at(-1)).toMatchObject({
      data: { output: { response_metadata: { model_provider: 'groq' } } },
    });
  });

  describe('authentication', () => {
    it.each<[string, Partial<OpenAIOptions>, object]>([
      ['a key', {}, { authorization: `Bearer ${KEY}` }],
      [
        'a function',
        { apiKey: () => Promise.resolve('sk-other-1') },
        { authorization: 'Bearer sk-other-1' },
      ],
      ['nothing, for a server of one’s own', { apiKey: undefined }, {}],
      ['a header', { headers: { 'API-Key': 'azure-key' } }, { 'api-key': 'azure-key' }],
      [
        'an organization',
        { organization: 'o', project: 'p' },
        { 'openai-organization': 'o', 'openai-project': 'p' },
      ],
    ])('by %s', async (_, options, headers) => {
      server.answer(streamed(hello));
      await model(options).invoke('Hi');
      expect(last()?.headers).toMatchObject(headers);
      if (Object.keys(headers).length === 0)
        expect(last()?.headers).not.toHaveProperty('authorization');
      if ('api-key' in headers) expect(last()?.headers).not.toHaveProperty('authorization');
    });

    it('needs a key for OpenAI’s own service', async () => {
      const { OPENAI_API_KEY, OPENAI_BASE_URL } = process.env;
      delete process.env['OPENAI_API_KEY'];
      delete process.env['OPENAI_BASE_URL'];
      await expect(new ChatOpenAI({ model: 'gpt-x' }).invoke('Hi')).rejects.toMatchObject({
        code: 'unauthorized',
        message: expect.stringContaining('OPENAI_API_KEY'),
      });
      Object.assign(process.env, JSON.parse(JSON.stringify({ OPENAI_API_KEY, OPENAI_BASE_URL })));
    });

    it('shows no key, in no error, event or console', async () => {
      server.answer(refused(401, { error: { message: `bad key ${KEY}` } }));
      const error = await model()
        .invoke('Hi')
        .catch((thrown: unknown) => thrown as ModelError);
      expect(error).toMatchObject({ code: 'unauthorized', status: 401 });
      expect(
        inspect([error, model(), model().bind({ headers: { authorization: KEY } })], {
          depth: 9,
          showHidden: true,
        }),
      ).not.toContain(KEY);
    });
  });

  it('puts an api-version behind the address', async () => {
    server.answer(streamed(hello));
    await model({ apiVersion: '2026-01-01' }).invoke('Hi');
    expect(last()?.path).toBe('/v1/chat/completions?api-version=2026-01-01');
  });

  it.each<[number, object, object]>([
    [
      429,
      { error: { type: 'insufficient_quota', message: 'x' } },
      { code: 'rate_limited', retryable: false },
    ],
    [429, { error: { message: 'x' } }, { code: 'rate_limited', retryable: true }],
    [400, { code: 'invalid-argument', error: 'x' }, { code: 'invalid_request' }],
    [401, { detail: 'x' }, { code: 'unauthorized' }],
    [503, { error: 'x' }, { retryable: true }],
  ])('a %d with %j is %j', async (status, body, error) => {
    server.answer(refused(status, body));
    await expect(model().invoke('Hi')).rejects.toMatchObject({
      ...error,
      status,
      provider: 'openai',
    });
  });

  it('binds options and tools, and merges them', async () => {
    server.answer(streamed(hello));
    const bound = model({ temperature: 0, reasoning: { effort: 'low' } })
      .bind({ maxTokens: 5 })
      .bindTools([{ name: 'add', schema: { type: 'object' } }]);
    await bound.invoke('Hi', { toolChoice: 'any' });
    expect(last()?.body).toMatchObject({
      temperature: 0,
      reasoning_effort: 'low',
      max_tokens: 5,
      tool_choice: 'required',
      tools: [{ function: { name: 'add' } }],
    });
  });

  it('refuses an unknown option of a call', () => {
    expect(() => model().bind({ temprature: 1 } as never)).toThrow(/use temperature/);
  });

  it.each([
    ['chat', 40],
    ['responses', 64],
  ] as const)(
    'cuts ids of calls that are too long for %s, for call and result alike',
    async (api, longest) => {
      server.answer(refused(400, { error: { message: 'seen' } }));
      const id = `toolu_${'x'.repeat(80)}`;
      const history = [
        'Hi',
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id, name: 'add', args: {}, type: 'tool_call' }],
        },
        { role: 'tool', tool_call_id: id, content: '3' },
      ];
      const official = { longestCallId: 40 };
      await model({ api, compat: official })
        .invoke(history as never)
        .catch(() => undefined);
      const ids = JSON.stringify(last()?.body).match(/toolu_x+/g);
      expect(ids).toHaveLength(2);
      expect(new Set(ids)).toEqual(new Set([id.slice(0, longest)]));
    },
  );
});
