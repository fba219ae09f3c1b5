import { lastValueFrom, toArray } from 'rxjs';
import { ChatOllama, type OllamaOptions } from 'rxlm/ollama';
import { refused, startWireServer, streamed, type WireServer } from '../support/wire-server';

const NDJSON = 'application/x-ndjson';
const hello =
  '{"model":"m","message":{"role":"assistant","content":"Hel"},"done":false}\n' +
  '{"model":"m","message":{"role":"assistant","content":"lo"},"done":false}\n' +
  '{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":5,"eval_count":3}\n';

describe('ChatOllama', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const model = (options: Partial<OllamaOptions> = {}) =>
    new ChatOllama({ model: 'm', baseURL: server.url, maxRetries: 0, ...options });

  it('streams token by token, and folds to what invoke returns', async () => {
    server.answer(streamed(hello, NDJSON), streamed(hello, NDJSON));
    const chunks = await lastValueFrom(model().stream$('Hi').pipe(toArray()));
    expect(chunks.map(({ text }) => text)).toEqual(['', 'Hel', 'lo', '']);
    expect(await model().invoke('Hi')).toMatchObject({ content: 'Hello', finish_reason: 'stop' });
    expect(server.requests.at(-1)).toMatchObject({ path: '/api/chat', body: { model: 'm' } });
  });

  it.each([
    ['a cut stream', streamed(hello.slice(0, 80), NDJSON), 'truncated'],
    [
      'an error line',
      streamed(`${hello.split('\n')[0]!}\n{"error":"gone"}\n`, NDJSON),
      'server_error',
    ],
    ['an unknown model', refused(404, { error: 'model not found' }), 'not_found'],
    ['another content type', streamed(hello), 'content_type'],
  ])('fails by %s', async (_, answer, code) => {
    server.answer(answer);
    await expect(model().invoke('Hi')).rejects.toMatchObject({ code, provider: 'ollama' });
  });

  it('waits for a model that is being loaded, and sends a key where there is one', async () => {
    server.answer(streamed(hello, NDJSON));
    await model({ apiKey: 'sk-canary-1', timeouts: { idle: 1000 } }).invoke('Hi');
    expect(server.requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer sk-canary-1' });
  });

  it('takes a key of the environment for Ollama’s cloud only', async () => {
    const sent: unknown[] = [];
    const fetch = (url: string, init: RequestInit) => {
      const { authorization } = init.headers as Record<string, string>;
      sent.push([new URL(url).host, authorization]);
      return Promise.reject(new TypeError('fetch failed'));
    };
    process.env['OLLAMA_API_KEY'] = 'a-cloud-key';
    for (const baseURL of ['https://ollama.com', 'https://ollama.com.example'])
      await expect(model({ baseURL, fetch }).invoke('Hi')).rejects.toMatchObject({
        code: 'connection',
      });
    delete process.env['OLLAMA_API_KEY'];
    expect(sent).toEqual([
      ['ollama.com', 'Bearer a-cloud-key'],
      ['ollama.com.example', undefined],
    ]);
  });

  it.each([
    [{ model: '' }, /model must be a model's name/],
    [{ model: 'm', baseURL: 'ftp://x' }, /http or https address/],
    [{ model: 'm', baseURL: 'http://a:b@x' }, /without credentials/],
    [{ model: 'm', numCtx: 5 }, /modelOptions: \{ num_ctx/],
    [{ model: 'm', think: true }, /use reasoning/],
  ])('refuses %j', (options, message) => {
    expect(() => new ChatOllama(options as never)).toThrow(message);
  });

  it('reads OLLAMA_HOST with or without scheme and port', async () => {
    const { port } = new URL(server.url);
    for (const host of [`127.0.0.1:${port}`, `:${port}`, `0.0.0.0:${port}`, server.url]) {
      process.env['OLLAMA_HOST'] = host;
      server.answer(streamed(hello, NDJSON));
      expect((await new ChatOllama({ model: 'm' }).invoke('Hi')).text).toBe('Hello');
    }
    delete process.env['OLLAMA_HOST'];
  });
});
