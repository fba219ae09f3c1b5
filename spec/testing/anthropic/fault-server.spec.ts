import Anthropic from '@anthropic-ai/sdk';
import { startFaultServer, type FaultServer } from '../../../lib/testing/anthropic/fault-server.js';
import { encodeBody } from '../../../lib/testing/http/frame.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import { seededRandom } from '../../../lib/testing/http/seeded-random.js';
import { eventsIn, raw, streamBody, textIn } from '../raw-client.js';

const HELLO = 'Hello wörld 🌍👩‍🚀!';

let server: FaultServer;
beforeEach(async () => (server = await startFaultServer()));
afterEach(() => server.close());

const post = (base: string, init: RequestInit = {}) =>
  fetch(`${base}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'canary-key' },
    body: JSON.stringify(streamBody),
    ...init,
  });

it('[29] refuses what the service refuses, if asked to', async () => {
  const strict = await startFaultServer({ strict: true });
  const ask = async (from: FaultServer, content: string) =>
    raw(`${from.baseUrl('good')}/v1/messages`, {
      body: { ...streamBody, max_tokens: 1, messages: [{ role: 'user', content }] },
    });
  expect((await ask(strict, ' ')).status).toBe(400);
  expect((await ask(strict, 'Hi')).status).toBe(200);
  expect((await ask(server, ' ')).status).toBe(200);
  await strict.close();
});

describe('times', () => {
  it('gives so many requests the fault, those after it GOOD', async () => {
    const url = `${server.baseUrl('error-first', { times: 2 })}/v1/messages`;
    const said: string[] = [];
    while (said.length < 4) said.push(textIn((await raw(url)).body));
    expect(said).toEqual(['', '', HELLO, HELLO]);
  });

  it('counts for each fault and its parameters', async () => {
    const after3 = `${server.baseUrl('end-after', { events: 3, times: 1 })}/v1/messages`;
    const after4 = `${server.baseUrl('end-after', { events: 4, times: 1 })}/v1/messages`;
    expect(textIn((await raw(after3)).body)).toBe('Hel');
    expect(textIn((await raw(after4)).body)).toBe('Hello');
    expect(textIn((await raw(after3)).body)).toBe(HELLO);
  });

  it('gives a whole message after the fault where no stream is wanted', async () => {
    const url = `${server.baseUrl('status', { code: 500, times: 1 })}/v1/messages`;
    expect((await raw(url, { body: {} })).status).toBe(500);
    const { body } = await raw(url, { body: {} });
    expect(JSON.parse(body.toString())).toMatchObject({ content: [{ text: HELLO }] });
  });
});

describe('what every client gets', () => {
  it('the same bytes each time', async () => {
    const url = `${server.baseUrl('good')}/v1/messages`;
    expect((await raw(url)).body).toEqual(encodeBody(GOOD));
    expect((await raw(url)).body).toEqual(encodeBody(GOOD));
  });

  it('the refusals of the service', async () => {
    expect((await raw(`${server.baseUrl('stall')}/v1/messages`, { headers: {} })).status).toBe(401);
    expect((await raw(`${server.baseUrl('stall')}/v1/complete`)).status).toBe(404);
    expect(server.unplanned).toEqual([]);
  });

  it('a loud no to a fault that does not exist', async () => {
    const answer = await raw(`${server.url}/typo/v1/messages`);
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toContain('unplanned: there is no fault \\"typo\\"');
    expect(server.unplanned).toEqual(['there is no fault "typo"; faultNames lists them']);
  });

  it('a loud no to a choice that does not exist', async () => {
    const answer = await raw(`${server.baseUrl('newlines', { kind: 'nl' })}/v1/messages`);
    expect(answer.body.toString()).toContain('is none of lf, crlf, cr, mixed');
  });
});

describe('options', () => {
  it('cut and pad what is sent, and add to the head', async () => {
    await server.close();
    server = await startFaultServer({
      chunking: 'byte',
      random: () => 0,
      headers: { 'x-all': '1' },
    });
    const answer = await raw(`${server.baseUrl('end-after', { events: 3 })}/v1/messages`);
    const expected = encodeBody(GOOD.slice(0, 3), () => 0);
    expect(answer.body).toEqual(expected);
    expect(answer.headers['x-all']).toBe('1');
    expect(answer.pieces).toHaveLength(expected.length);
    expect(encodeBody(GOOD, seededRandom())).not.toEqual(encodeBody(GOOD, () => 0));
  });

  it('are checked', async () => {
    await expect(startFaultServer({ chunking: -1 })).rejects.toThrow(TypeError);
  });
});

describe('other servers', () => {
  it('[28] the sink writes down what a client re-sends there', async () => {
    const response = await post(server.baseUrl('redirect'));
    expect(textIn(Buffer.from(await response.arrayBuffer()))).toBe(HELLO);
    expect(server.requests).toHaveLength(1);
    expect(server.sink.requests).toMatchObject([
      { body: streamBody, headers: { 'x-api-key': 'canary-key' } },
    ]);
  });

  it('refusedUrl refuses connections', async () => {
    expect((await raw(`${server.refusedUrl}/v1/messages`)).ending).toBe('ECONNREFUSED');
  });

  it('https to the same port fails TLS', async () => {
    const secure = server.baseUrl('good').replace('http:', 'https:');
    await expect(post(secure)).rejects.toMatchObject({
      cause: { code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
    });
  });

  it('all close together', async () => {
    const answer = raw(`${server.baseUrl('no-headers')}/v1/messages`);
    await server.request(0);
    await server[Symbol.asyncDispose]();
    expect((await answer).ending).toBe('ECONNRESET');
    expect([server.openSockets, server.sink.openSockets]).toEqual([0, 0]);
    expect((await raw(server.sink.url)).ending).toBe('ECONNREFUSED');
  });
});

describe('fetch', () => {
  it.each(['gzip', 'br', 'deflate'])('decodes %s', async (encoding) => {
    const response = await post(server.baseUrl('encoded', { encoding }));
    expect(eventsIn(Buffer.from(await response.arrayBuffer()))).toEqual(GOOD);
  });

  it('unpacks the gzip bomb to its full size', async () => {
    const response = await post(server.baseUrl('gzip-bomb', { megabytes: 5 }));
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.length).toBeGreaterThan(5_000_000);
    expect(eventsIn(body).at(-1)).toEqual({ type: 'message_stop' });
    expect(server.requests[0]!.sent.bytes).toBeLessThan(20_000);
  });

  it.each(['reset', 'hang-up', 'bad-chunk', 'short-body'] as const)(
    'breaks at %s',
    async (name) => {
      const response = await post(server.baseUrl(name));
      await expect(response.text()).rejects.toThrow('terminated');
    },
  );

  it('takes half a gzip stream for a whole one, so that only the protocol can report', async () => {
    const text = await (await post(server.baseUrl('encoded-cut'))).text();
    const good = Buffer.from(encodeBody(GOOD)).toString();
    expect(text.length).toBeGreaterThan(100);
    expect(text.length).toBeLessThan(good.length);
    expect(good.startsWith(text)).toBe(true);
  });

  it.each(['not-http', 'huge-headers', 'reset-before-headers', 'hang-up-before-headers'] as const)(
    'fails at %s',
    async (name) => {
      await expect(post(server.baseUrl(name))).rejects.toThrow('fetch failed');
    },
  );

  it.each(['no-headers', 'stall', 'keep-open', 'drip', 'endless-stream'] as const)(
    'is seen to leave %s when it leaves',
    async (name) => {
      const abort = new AbortController();
      const answer = post(server.baseUrl(name), { signal: abort.signal }).catch(String);
      const seen = await server.request(0);
      if (name !== 'no-headers') await answer;
      const left = performance.now();
      abort.abort(new Error('enough'));
      const { at, by } = await seen.closed;
      expect(by).toBe('client');
      expect(at - left).toBeLessThan(1000);
      expect(await answer).toEqual(
        name === 'no-headers' ? 'Error: enough' : expect.objectContaining({ status: 200 }),
      );
    },
  );

  it('[19] makes an endless stream stand still while it does not read', async () => {
    const abort = new AbortController();
    await post(server.baseUrl('endless-stream'), { signal: abort.signal });
    const { sent, closed } = server.requests[0]!;
    let before = -1;
    while (before !== sent.bytes) {
      before = sent.bytes;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(sent.bytes).toBeLessThan(16 * 1024 * 1024);
    abort.abort();
    await closed;
  });
});

describe('@anthropic-ai/sdk', () => {
  const request = {
    model: 'claude-3-haiku-20240307',
    max_tokens: 9,
    messages: [{ role: 'user' as const, content: 'Hi' }],
  };
  const client = (baseURL: string, maxRetries = 0) =>
    new Anthropic({ apiKey: 'canary-key', baseURL, maxRetries });

  it('streams GOOD', async () => {
    const stream = client(server.baseUrl('good')).messages.stream(request);
    expect(await stream.finalText()).toBe(HELLO);
  });

  it('retries a 529, as many times as it is given', async () => {
    const base = server.baseUrl('status', { 'retry-after-ms': '1', times: 2 });
    const message = await client(base, 2).messages.create(request);
    expect(message.content).toMatchObject([{ text: HELLO }]);
    expect(server.requests).toHaveLength(3);
  });

  it('obeys x-should-retry', async () => {
    const base = server.baseUrl('status', { code: 503, 'should-retry': 'false' });
    await expect(client(base, 2).messages.create(request)).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(1);
  });

  it('takes a clean early end for the end, which is what the fault is there to show', async () => {
    const base = server.baseUrl('end-after', { events: 4 });
    const types: string[] = [];
    for await (const event of await client(base).messages.create({ ...request, stream: true })) {
      types.push(event.type);
    }
    expect(types.at(-1)).toBe('content_block_delta');
  });

  it('ends by an abort in a stall', async () => {
    const stream = await client(server.baseUrl('stall')).messages.create({
      ...request,
      stream: true,
    });
    let texts = '';
    for await (const event of stream) {
      if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
      texts += event.delta.text;
      if (texts === 'Hello') stream.controller.abort();
    }
    expect((await server.requests[0]!.closed).by).toBe('client');
  });
});
