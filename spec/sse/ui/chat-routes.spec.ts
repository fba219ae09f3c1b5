import { type ChatInit, DefaultChatTransport, type UIMessage } from 'ai';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { concat, finalize, NEVER, of, tap, throwError } from 'rxjs';
import { durableRuns, type DurableRunsOptions, runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { chatRoutes, type ChatRoutesOptions, fromUIMessages, stoppableFetch } from 'rxlm/sse';
import { type FakeAnswer, FakeChatModel } from 'rxlm/testing';
import { z } from 'zod';
import { recordingOf } from '../../../lib/testing/anthropic/make-recording.js';
import { startReplayServer } from '../../../lib/testing/anthropic/replay-server.js';
import { PageChat, pageSign } from '../../support/page-chat.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await wait(5);
};
const WORDS = ['gold ', 'fish ', 'on ', 'the ', 'moon ', 'sing ', 'songs'];
const textOf = (page: PageChat): string =>
  page.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

interface Asked {
  readonly messages: [];
}

/** A server of chats behind a proxy whose links can be cut, and pages of it. */
async function open(
  options: Partial<ChatRoutesOptions<unknown>> = {},
  kept: DurableRunsOptions = {},
) {
  const runs = durableRuns(kept);
  const unsubscribed = jest.fn();
  const answers: FakeAnswer[] = Array.from({ length: 9 }, () => [...WORDS]);
  const model = new FakeChatModel(answers, { delayMs: 15 });
  const routes = chatRoutes(runs, {
    source: (body) => {
      const history = fromUIMessages((body as unknown as Asked).messages);
      return (config) => model.stream$(history, config).pipe(finalize(unsubscribed));
    },
    onError: () => undefined,
    ...options,
  });
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)}`);
    void routes.node(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const sockets = new Set<Socket>();
  const proxy = createTcpServer((socket) => {
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1');
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  closers.push(() => {
    cut();
    proxy.close();
  });
  const api = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}/api/chat`;
  const page = (init: ChatInit<UIMessage> = {}) =>
    new PageChat({
      id: 'chat/1',
      transport: new DefaultChatTransport({ api, fetch: stoppableFetch() }),
      ...init,
    });
  return { api, runs, model, unsubscribed, requests, cut, page };
}

describe('[39] chatRoutes, read by the AI SDK’s own client', () => {
  it('sends the answer of a turn, whose message has the id of the run', async () => {
    const { page, runs } = await open();
    const chat = page();
    await chat.sendMessage({ text: 'Hi' });
    expect([chat.status, textOf(chat)]).toEqual(['ready', WORDS.join('')]);
    expect(chat.lastMessage!.id).toMatch(/^chat-[0-9a-f]{64}-1$/);
    expect(await runs.cancel(chat.lastMessage!.id)).toBe(false);
    await chat.sendMessage({ text: 'And?' });
    expect(chat.messages.map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'user', 'assistant'],
    ]);
    expect(textOf(chat)).toBe(WORDS.join(''));
  });

  it('is joined by the page when it is loaded again, and runs the model once', async () => {
    const { page, model, cut } = await open();
    const first = page();
    const sent = first.sendMessage({ text: 'Hi' });
    await until(() => textOf(first).length > 10);
    cut();
    await sent;
    const again = page({ messages: first.messages.slice(0, 1) });
    await again.resumeStream();
    expect([again.status, again.error, textOf(again)]).toEqual([
      'ready',
      undefined,
      WORDS.join(''),
    ]);
    expect(again.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(model.calls).toHaveLength(1);
  });

  it('makes half of an answer whole, in place, where the page was cut off and comes back', async () => {
    const { page, model, cut, runs } = await open();
    const chat = page();
    const sent = chat.sendMessage({ text: 'Hi' });
    await until(() => textOf(chat).length > 10);
    cut();
    await sent;
    expect([chat.status, textOf(chat) === WORDS.join('')]).toEqual(['error', false]);
    // Also where the run is over by then.
    const id = chat.lastMessage!.id;
    await new Promise<void>((resolve) => runs.join$(id).subscribe({ complete: resolve }));
    await chat.resumeStream();
    expect([chat.status, textOf(chat), chat.messages.length]).toEqual(['ready', WORDS.join(''), 2]);
    expect(model.calls).toHaveLength(1);
  });

  it('answers 204 where the chat has no run, and the page stays as it is', async () => {
    const { page, api } = await open();
    const chat = page();
    await chat.resumeStream();
    expect([chat.status, chat.messages]).toEqual(['ready', []]);
    const response = await fetch(`${api}/chat%2F1/stream`);
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('stops the run where the user stops it, and shows a page that joins later what there is', async () => {
    const { page, unsubscribed, requests } = await open();
    const chat = page();
    const sent = chat.sendMessage({ text: 'Hi' });
    await until(() => textOf(chat).length > 10);
    await chat.stop();
    await sent;
    await until(() => unsubscribed.mock.calls.length > 0);
    expect(requests.at(-1)).toBe('DELETE /api/chat/chat%2F1/stream');
    expect(textOf(chat)).not.toBe(WORDS.join(''));
    const later = page();
    await later.resumeStream();
    expect([later.status, later.error]).toEqual(['ready', undefined]);
    expect(WORDS.join('').startsWith(textOf(later))).toBe(true);
    expect(textOf(later)).not.toBe(WORDS.join(''));
  });

  it('goes on where the page joins anew', async () => {
    const { page, requests, cut } = await open();
    const first = page();
    void first.sendMessage({ text: 'Hi' });
    await until(() => textOf(first).length > 5);
    cut();
    const again = page();
    // As React's strict mode does.
    const twice = [again.resumeStream(), again.resumeStream()];
    await until(() => textOf(again).length > 10);
    await wait(300);
    expect(requests.filter((each) => each.startsWith('DELETE'))).toEqual([]);
    await Promise.all(twice);
    expect(textOf(again)).toBe(WORDS.join(''));
  });

  it('stops the provider: its socket closes, also where the page has joined the run', async () => {
    const provider = await startReplayServer({
      recordings: [recordingOf({ tokens: Array.from({ length: 200 }, () => 'gold ') })],
      delayMs: 20,
    });
    closers.push(() => provider.close());
    const model = new ChatAnthropic({
      ...{ model: 'claude-haiku-4-5', apiKey: 'any', baseURL: provider.url, maxRetries: 0 },
    });
    const { page } = await open({
      source: (body) => {
        const history = fromUIMessages((body as unknown as Asked).messages);
        return (config) => model.stream$(history, config);
      },
    });
    const first = page();
    void first.sendMessage({ text: 'Hi' });
    await until(() => textOf(first).length > 5);
    const second = page();
    const joined = second.resumeStream();
    await until(() => textOf(second).length > 5);
    await second.stop();
    await joined;
    await first.stop();
    expect((await provider.requests[0]!.closed).by).toBe('client');
    expect(provider.requests[0]!.finished).toBe(false);
  });

  it('stops by a page without stoppableFetch once nobody has watched for a while', async () => {
    const { api, page, unsubscribed } = await open(
      { source: () => NEVER.pipe(finalize(() => unsubscribed())) },
      { whenUnwatched: { cancelAfterMs: 100 } },
    );
    const chat = page({ transport: new DefaultChatTransport({ api }) });
    void chat.sendMessage({ text: 'Hi' });
    await until(() => chat.status === 'submitted');
    await wait(50);
    await chat.stop();
    await until(() => unsubscribed.mock.calls.length > 0);
  });

  it('cancels the run of a turn when the next one begins', async () => {
    const { page, unsubscribed, model } = await open();
    const [one, two] = [page(), page()];
    const sent = one.sendMessage({ text: 'Hi' });
    await until(() => textOf(one).length > 5);
    await two.sendMessage({ text: 'Or this?' });
    await sent;
    expect([one.status, one.error, textOf(two)]).toEqual(['ready', undefined, WORDS.join('')]);
    expect([model.calls.length, unsubscribed.mock.calls.length]).toEqual([2, 2]);
  });

  it('gives another answer whenever one is asked for', async () => {
    const { page, model } = await open();
    const chat = page();
    await chat.sendMessage({ text: 'Hi' });
    const ids = [chat.lastMessage!.id];
    for (let times = 0; times < 2; times += 1) {
      await chat.regenerate();
      ids.push(chat.lastMessage!.id);
    }
    expect([new Set(ids).size, model.calls.length, chat.messages.length]).toEqual([3, 3, 2]);
  });

  it('shows a page that joins while an approved answer goes on all of its message, once', async () => {
    const pay = tool({
      name: 'pay',
      schema: z.object({ amount: z.number() }),
      func: ({ amount }) => ({ paid: amount }),
    });
    const model = new FakeChatModel(
      [['I pay. ', { name: 'pay', args: { amount: 5 }, id: 'call' }], [...WORDS]] as FakeAnswer[],
      { delayMs: 20 },
    );
    const agent = runTools(model, [pay], { approve: () => 'pending' });
    const { page, cut } = await open({
      sign: pageSign,
      source: (body) => {
        const messages = (body as unknown as Asked).messages;
        const history = fromUIMessages(messages, { tools: [pay], sign: pageSign });
        return (config) => agent.stream$(history, config);
      },
    });
    const first = page();
    await first.sendMessage({ text: 'Pay.' });
    await first.addToolApprovalResponse({ id: 'call', approved: true });
    const goesOn = first.sendMessage();
    await until(() => textOf(first).length > 25);
    cut();
    await goesOn;
    const again = page({ messages: first.messages.slice(0, 1) });
    await again.resumeStream();
    expect([again.status, again.error, again.messages.length]).toEqual(['ready', undefined, 2]);
    expect(again.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'text', text: 'I pay. ' },
      { type: 'tool-pay', state: 'output-available', input: { amount: 5 }, output: { paid: 5 } },
      { type: 'step-start' },
      { type: 'text', text: WORDS.join('') },
    ]);
    expect(again.lastMessage!.id).toBe(first.lastMessage!.id);
    await first.resumeStream();
    expect([first.parts, first.messages.length]).toEqual([again.parts, 2]);
  });

  it('shows a page that joins the error with a safe text, behind what came before it', async () => {
    const { page } = await open({
      source: () =>
        concat(
          of('gold'),
          throwError(() => new Error('secret of the server')),
        ),
    });
    const chat = page();
    await chat.sendMessage({ text: 'Hi' });
    const later = page();
    await later.resumeStream();
    for (const each of [chat, later])
      expect([each.status, textOf(each), each.error?.message]).toEqual([
        ...['error', 'gold', 'Something went wrong.'],
      ]);
    await chat.regenerate();
    expect(chat.status).toBe('error');
  });
});

describe('chatRoutes', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const hello = { id: 'chat', messages: [{ id: 'm', role: 'user', parts: [] }] };
  const ask = (method: string, path: string, headers = {}, body?: unknown) =>
    new Request(`http://localhost${path}`, {
      method,
      headers: { ...(body === undefined ? {} : JSON_TYPE), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const routesOf = (options: Partial<ChatRoutesOptions<Request>> = {}, runs = durableRuns()) =>
    chatRoutes<Request>(runs, { source: () => of('gold'), onError: () => undefined, ...options });

  it('finds the run of a request that is repeated, also once it is over, and no other', async () => {
    const source = jest.fn(() => of('gold'));
    const started = jest.fn();
    const { fetch } = routesOf({ source: () => source().pipe(tap({ subscribe: started })) });
    const post = async (body: object) =>
      /"messageId":"([^"]+)"/.exec(await (await fetch(ask('POST', '/c', {}, body))).text())?.[1];
    const first = await post(hello);
    expect(await post(hello)).toBe(first);
    const others = [
      { ...hello, id: 'another' },
      { ...hello, messages: [{ ...hello.messages[0], id: 'n' }] },
      { ...hello, messages: [{ ...hello.messages[0], parts: [{ type: 'text', text: 'x' }] }] },
      { ...hello, messages: [{ role: 'user', parts: [] }] },
      { ...hello, messages: [{ role: 'user', parts: [] }] },
      { ...hello, trigger: 'regenerate-message' },
      { ...hello, trigger: 'regenerate-message' },
      { id: 'chat', message: hello.messages[0], trigger: 'submit-message' },
    ];
    const ids = new Set([first]);
    for (const body of others) ids.add(await post(body));
    expect([ids.size, started.mock.calls.length]).toEqual([9, 9]);
  });

  it('keeps the chats of owners apart, whatever their ids', async () => {
    const owner = (request: Request) => request.headers.get('x-user') ?? undefined;
    const { fetch } = routesOf({ owner });
    const post = (user: string) => fetch(ask('POST', '/c', { 'x-user': user }, hello));
    expect(await (await post('a')).text()).toContain('gold');
    const status = async (method: string, headers = {}) =>
      (await fetch(ask(method, '/c/chat/stream', headers))).status;
    expect(await status('GET', { 'x-user': 'a' })).toBe(200);
    expect(await status('GET', { 'x-user': 'b' })).toBe(204);
    expect(await status('GET')).toBe(204);
    const cancelled = await fetch(ask('DELETE', '/c/chat/stream', { 'x-user': 'b' }));
    expect(await cancelled.json()).toEqual({ cancelled: false });
    expect((await fetch(ask('POST', '/c', {}, hello))).status).toBe(401);
    const [one, other] = [await (await post('a')).text(), await (await post('b')).text()];
    expect(/chat-[0-9a-f]{64}/.exec(one)?.[0]).not.toBe(/chat-[0-9a-f]{64}/.exec(other)?.[0]);
  });

  it.each([
    ['/c//stream', 404],
    ['/c/%/stream', 404],
    [`/c/${'x'.repeat(257)}/stream`, 404],
    ['/c/__proto__/stream', 204],
    ['/c/a%0d%0aset-cookie:b/stream', 204],
    ['/c', 404],
  ])('answers %s by a status, and reflects nothing of it', async (path, status) => {
    const { fetch } = routesOf();
    for (const method of ['GET', 'DELETE']) {
      const response = await fetch(ask(method, path));
      const text = await response.text();
      expect(response.status).toBe(method === 'DELETE' && status === 204 ? 200 : status);
      expect(text + JSON.stringify([...response.headers])).not.toMatch(/proto|xxx|cookie/);
    }
  });

  it.each([
    [{}],
    [{ ...hello, id: '' }],
    [{ ...hello, id: 1 }],
    [{ ...hello, id: 'x'.repeat(257) }],
    [{ id: 'chat' }],
    [{ id: 'chat', messages: [] }],
    [{ id: 'chat', messages: ['x'] }],
    [{ id: 'chat', messages: 'x' }],
  ])('refuses the body %j with 400', async (body) => {
    expect((await routesOf().fetch(ask('POST', '/c', {}, body))).status).toBe(400);
  });

  it('refuses what pages of other sites send, and other methods', async () => {
    const { fetch } = routesOf();
    const evil = { origin: 'https://evil.example' };
    for (const method of ['GET', 'DELETE'])
      expect((await fetch(ask(method, '/c/chat/stream', evil))).status).toBe(403);
    expect((await fetch(ask('POST', '/c', evil, hello))).status).toBe(403);
    expect((await fetch(ask('PUT', '/c', {}, hello))).status).toBe(405);
  });

  it('answers a refusal of the source with its status, and starts nothing', async () => {
    const runs = durableRuns();
    const { fetch } = routesOf(
      { source: (body) => of(String(fromUIMessages((body as unknown as Asked).messages).length)) },
      runs,
    );
    const foul = { ...hello, messages: [{ id: 'm', role: 'system', parts: [] }] };
    expect((await fetch(ask('POST', '/c', {}, foul))).status).toBe(400);
    expect((await fetch(ask('GET', '/c/chat/stream'))).status).toBe(204);
  });

  it('refuses what is no runs and options that are none', () => {
    expect(() => chatRoutes({} as never, { source: () => NEVER })).toThrow(
      'chatRoutes takes the runs of durableRuns',
    );
    for (const name of ['source', 'owner', 'meta'])
      expect(() => routesOf({ [name]: 1 })).toThrow(`${name} must be a function, got 1`);
  });
});
