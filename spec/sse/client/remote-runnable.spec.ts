import { inspect } from 'node:util';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lastValueFrom, NEVER, type Observable, of, take, toArray } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  ChatPromptTemplate,
  type ChatPromptValue,
  lambda,
  type MessagesInput,
  ModelError,
  type RunEvent,
  type Runnable,
  type RunConfig,
  StringOutputParser,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { recordingOf, startFaultServer, startReplayServer } from 'rxlm/testing';
import { RemoteChatModel } from '../../../lib/sse/client/remote-chat-model.js';
import { remoteRunnable } from '../../../lib/sse/client/remote-runnable.js';
import { runOf } from '../../../lib/sse/server/run-of.js';
import { writeSse } from '../../../lib/sse/server/write-sse.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}
/** A server that trusts its clients: services of one team, say. */
const TRUSTING = {
  events: true,
  toolResults: true,
  history: 'unchecked',
  clientConfig: ['tags', 'metadata', 'runName', 'runId'],
} as const;
/** A server that runs what it is asked to, as a user would write it. */
const serveRuns = (runnable: Runnable<never, unknown, unknown>) =>
  serve((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      writeSse(response, runOf(runnable, JSON.parse(text), TRUSTING), { primed: true });
    });
  });
const recording = recordingOf({
  content: [
    { thinking: ['Hm', '...'], signature: 'c2ln' },
    { text: ['Let me ', 'look.'] },
    { tool: 'weather', input: { city: 'Graz', __proto__: null } },
  ],
  usage: { start: { input_tokens: 3, output_tokens: 1 }, end: { output_tokens: 9 } },
});
async function anthropic(url?: string) {
  if (url !== undefined)
    return new ChatAnthropic({ model: 'm', apiKey: 'sk-canary-key', baseURL: url, maxRetries: 0 });
  const provider = await startReplayServer({ strict: true, recordings: [recording], cycle: true });
  closers.push(() => provider.close());
  return new ChatAnthropic({ model: 'm', apiKey: 'sk-canary-key', baseURL: provider.url });
}
const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
/** Values with the ids of runs, and with them of messages, by their order. */
function numbered(values: unknown): unknown {
  const ids = new Map<string, string>();
  return JSON.parse(
    JSON.stringify(values).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
      if (!ids.has(id)) ids.set(id, `#${String(ids.size)}`);
      return ids.get(id)!;
    }),
  );
}
const failure = async (source$: Observable<unknown>): Promise<ModelError> =>
  all(source$).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as ModelError,
  );
const settled = async (condition: () => boolean) => {
  for (let turn = 0; turn < 200 && !condition(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
};
const namesOf = (events: readonly RunEvent[]) =>
  events
    .filter(({ event }) => !event.endsWith('_stream'))
    .map(({ event, name, parent_ids }) => `${String(parent_ids.length)} ${event} ${name}`);

describe('RemoteChatModel', () => {
  it('gives the chunks of the model on the server, and folds to its message', async () => {
    const model = await anthropic();
    const remote = new RemoteChatModel(await serveRuns(model));
    const chunks = await all(remote.stream$('Hi'));
    expect(chunks.every((chunk) => chunk instanceof AIMessageChunk)).toBe(true);
    expect(numbered(chunks)).toEqual(numbered(await all(model.stream$('Hi'))));
    const message = await remote.invoke([['human', 'Hi']]);
    expect(message).toBeInstanceOf(AIMessage);
    expect(numbered(message)).toEqual(numbered(await model.invoke([['human', 'Hi']])));
  });

  it('[3][7][8] gives its events, with messages that are messages', async () => {
    const model = await anthropic();
    const remote = new RemoteChatModel(await serveRuns(model));
    const config = { tags: ['t'], metadata: { m: 1 }, runName: 'poet' };
    const events = await all(remote.events$('Hi', config));
    expect(numbered(events)).toEqual(numbered(await all(model.events$('Hi', config))));
    const ending = events.find((event) => event.event === 'on_chat_model_end');
    expect(ending?.data.output).toBeInstanceOf(AIMessage);
  });

  it('[3][9] reports the runs on the server in their place here', async () => {
    const remote = new RemoteChatModel(await serveRuns(await anthropic()));
    const chain = ChatPromptTemplate.fromMessages([['human', '{q}']])
      .pipe(
        lambda((prompt: ChatPromptValue, config) => remote.stream$(prompt, config), {
          name: 'Ask',
        }),
      )
      .pipe(new StringOutputParser());
    const events = await all(chain.events$({ q: 'Hi' }, { tags: ['nightly'] }));
    expect(namesOf(events)).toEqual([
      '0 on_chain_start RunnableSequence',
      '1 on_prompt_start ChatPromptTemplate',
      '1 on_prompt_end ChatPromptTemplate',
      '1 on_chain_start Ask',
      '2 on_chat_model_start ChatAnthropic',
      '1 on_parser_start StrOutputParser',
      '2 on_chat_model_end ChatAnthropic',
      '1 on_chain_end Ask',
      '1 on_parser_end StrOutputParser',
      '0 on_chain_end RunnableSequence',
    ]);
    const model = events.find(({ event }) => event === 'on_chat_model_start')!;
    expect(model.tags).toContain('nightly');
    expect(model.parent_ids[0]).toBe(events[0]!.run_id);
  });

  it('[7][9][10] is a step of a chain as the model on the server would be', async () => {
    const model = await anthropic();
    const url = await serveRuns(model);
    const chainOf = (step: Runnable<MessagesInput, AIMessage, AIMessageChunk>) =>
      ChatPromptTemplate.fromMessages([['human', '{q}']])
        .pipe(step)
        .pipe(new StringOutputParser());
    const config = { tags: ['nightly'], metadata: { m: 1 } };
    const eventsOf = async (step: Parameters<typeof chainOf>[0]) =>
      (await all(chainOf(step).events$({ q: 'Hi' }, config))).filter(({ name }) =>
        name.startsWith('Chat'),
      );
    const events = await eventsOf(new RemoteChatModel(url));
    expect(events.length).toBeGreaterThan(5);
    expect(numbered(events)).toEqual(numbered(await eventsOf(model)));
  });

  it('[9] has the id that its config gives it, and its message too', async () => {
    const runId = '01a21abb-dd94-7fe3-834e-04443c961a77';
    const remote = new RemoteChatModel(await serveRuns(await anthropic()));
    const events = await all(remote.events$('Hi', { runId }));
    expect(new Set(events.map(({ run_id }) => run_id))).toEqual(new Set([runId]));
    expect((events.at(-1)?.data as { output: AIMessage }).output.id).toBe(`run-${runId}`);
  });

  it.each([
    ['a text', 'data: "gold"'],
    ['null', 'data: null'],
    ['an event without tags', 'data: {"event":"on_x_start","run_id":"b","parent_ids":[]}'],
  ])('[3] takes %s among events for a bad stream, and reports one ending', async (_, frame) => {
    const start = JSON.stringify({
      event: 'on_chain_start',
      name: 'x',
      run_id: 'a',
      parent_ids: [],
      tags: [],
      metadata: {},
      data: {},
    });
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`data: ${start}\n\n${frame}\n\nevent: end\ndata: {}\n\n`);
    });
    const recorded: string[] = [];
    const listeners = [({ event }: RunEvent) => recorded.push(event)];
    const outer = lambda((q: string, config) => remoteRunnable(url).stream$(q, config));
    const error = await failure(outer.stream$('Hi', { listeners }));
    expect(error).toMatchObject({ name: 'ModelError', code: 'bad_stream' });
    expect(recorded).toEqual([
      'on_chain_start',
      'on_chain_start',
      'on_chain_error',
      'on_chain_error',
    ]);
  });

  it.each([
    ['left', (run$: Observable<unknown>) => all(run$.pipe(take(1)))],
    ['read to its end', (run$: Observable<unknown>) => all(run$)],
  ])('[3] reports an ending of the run around events that were filtered, %s', async (_, read) => {
    const inner = lambda((q: string) => q, { name: 'Inner' });
    const outer = lambda((q: string, config) => inner.stream$(q, config), { name: 'Outer' });
    const url = await serve((_, response) => {
      writeSse(response, (config) => outer.events$('Hi', { ...config, includeNames: ['Inner'] }));
    });
    const recorded: string[] = [];
    const listeners = [({ event, name }: RunEvent) => recorded.push(`${event} ${name}`)];
    const around = lambda((q: string, config) => remoteRunnable(url).stream$(q, config), {
      name: 'Around',
    });
    await read(around.stream$('Hi', { listeners }));
    expect(recorded.filter((each) => each.includes('start'))).toEqual([
      'on_chain_start Around',
      'on_chain_start Inner',
    ]);
    const endings = recorded.filter((each) => /end|cancel|error/.test(each));
    expect(endings.map((each) => each.split(' ')[1])).toEqual(['Inner', 'Around']);
  });

  it('[2] closes the connection, and the provider sees it, when it is released', async () => {
    const provider = await startFaultServer();
    closers.push(() => provider.close());
    const remote = new RemoteChatModel(await serveRuns(await anthropic(provider.baseUrl('stall'))));
    const recorded: string[] = [];
    const listener = ({ event }: RunEvent) => recorded.push(event);
    await all(remote.stream$('Hi', { listeners: [listener] }).pipe(take(1)));
    expect(recorded.at(-1)).toBe('on_chat_model_cancel');
    await settled(() => provider.requests[0]?.closedAt !== undefined);
  });

  it('[4][5] fails as the model on the server does, with the message so far', async () => {
    const provider = await startFaultServer();
    closers.push(() => provider.close());
    const model = await anthropic(provider.baseUrl('end-after', { events: 4 }));
    const remote = new RemoteChatModel(await serveRuns(model));
    const error = await failure(remote.stream$('Hi'));
    expect(ModelError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'truncated', provider: 'anthropic', emitted: true });
    expect((error.partial as AIMessage).text).toBe('Hello');
    const recorded: RunEvent[] = [];
    await failure(remote.stream$('Hi', { listeners: [(event) => recorded.push(event)] }));
    expect(recorded.at(-1)).toMatchObject({
      event: 'on_chat_model_error',
      data: { error: { code: 'truncated' } },
    });
    expect(recorded.filter(({ event }) => event === 'on_chat_model_error')).toHaveLength(1);
  });

  it('(T091) fails with what a status says', async () => {
    const provider = await startFaultServer();
    closers.push(() => provider.close());
    const model = await anthropic(provider.baseUrl('status', { code: 429 }));
    const remote = new RemoteChatModel(await serveRuns(model));
    expect(await failure(remote.stream$('Hi'))).toMatchObject({
      code: 'rate_limited',
      status: 429,
      retryable: true,
      emitted: false,
    });
  });
});

describe('remoteRunnable', () => {
  it('gives the chunks of a chain, reported as a run of its own where the server reports none', async () => {
    const url = await serve((_, response) => {
      writeSse(response, of('gold', 'fish'));
    });
    const remote = remoteRunnable<{ q: string }, string>(url, { name: 'Answer' });
    expect(await remote.invoke({ q: 'Hi' })).toBe('goldfish');
    const events = await all(remote.events$({ q: 'Hi' }));
    expect(events.map(({ event, name, data }) => [event, name, data])).toEqual([
      ['on_chain_start', 'Answer', { input: { q: 'Hi' } }],
      ['on_chain_stream', 'Answer', { chunk: 'gold' }],
      ['on_chain_stream', 'Answer', { chunk: 'fish' }],
      ['on_chain_end', 'Answer', { output: 'goldfish' }],
    ]);
  });

  it.each([
    ['truncated', (body: string) => body, { 'content-type': 'text/event-stream' }, 200],
    ['content_type', () => '<html>', { 'content-type': 'text/html' }, 200],
    ['redirect', () => '', { location: 'http://127.0.0.1:1/' }, 307],
    ['not_found', () => 'no', {}, 404],
    ['server_error', () => '{"error":5}', {}, 500],
    ['bad_stream', () => 'data: {"a\n\n', { 'content-type': 'text/event-stream' }, 200],
    ['limit', () => `data: "${'x'.repeat(3000)}`, { 'content-type': 'text/event-stream' }, 200],
  ] as const)(
    '[5][27][28] fails as %s, and reports its one run so',
    async (code, body, headers, status) => {
      const url = await serve((_, response) => {
        response.writeHead(status, headers);
        response.end(body('data: "gold"\n\n'));
      });
      const recorded: string[] = [];
      const remote = remoteRunnable(url, { limits: { event: 2000 } });
      const error = await failure(
        remote.stream$('Hi', { listeners: [({ event }) => recorded.push(event)] }),
      );
      expect(error).toMatchObject({ code, provider: 'remote' });
      expect([recorded[0], recorded.at(-1)]).toEqual(['on_chain_start', 'on_chain_error']);
    },
  );

  it('[3] reports an ending for each run that is open when the connection breaks', async () => {
    const event = (name: string, run_id: string, parent_ids: string[]) =>
      `data: ${JSON.stringify({ event: name, name: 'x', run_id, parent_ids, tags: [], metadata: {}, data: {} })}\n\n`;
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(event('on_chain_start', 'a', []) + event('on_chat_model_start', 'b', ['a']));
    });
    const recorded: string[] = [];
    const listeners = [(each: RunEvent) => recorded.push(`${each.event} ${each.run_id}`)];
    await failure(remoteRunnable(url).stream$('Hi', { listeners }));
    expect(recorded).toEqual([
      'on_chain_start a',
      'on_chat_model_start b',
      'on_chat_model_cancel b',
      'on_chain_error a',
    ]);
  });

  it('[2][25] keeps the clocks, and a timeout and a signal of the config', async () => {
    const silent = await serve(() => undefined);
    const headers = remoteRunnable(silent, { timeouts: { headers: 30 } });
    expect(await failure(headers.stream$('Hi'))).toMatchObject({
      code: 'timeout',
      phase: 'headers',
    });
    const url = await serve((_, response) => {
      writeSse(response, NEVER);
    });
    const idle = remoteRunnable(url, { timeouts: { idle: 30 } });
    expect(await failure(idle.stream$('Hi'))).toMatchObject({ code: 'timeout', phase: 'idle' });
    const total = remoteRunnable(url);
    expect(await failure(total.stream$('Hi', { timeout: 30 }))).toMatchObject({
      code: 'timeout',
      phase: 'total',
    });
    const controller = new AbortController();
    const aborted = failure(total.stream$('Hi', { signal: controller.signal }));
    controller.abort('enough');
    expect(await aborted).toBe('enough');
  });

  it('sends what is asked as JSON, with headers of the moment that no error shows', async () => {
    const seen: { body: string; authorization: string | undefined }[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        seen.push({ body, authorization: request.headers.authorization });
        response.writeHead(403);
        response.end();
      });
    });
    const remote = remoteRunnable<unknown, string>(url, {
      headers: () => Promise.resolve({ authorization: 'Bearer sk-canary' }),
    });
    const error = await failure(remote.stream$({ __proto__: null, q: 1 }, { tags: ['a'] }));
    expect(error).toMatchObject({ code: 'forbidden' });
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('canary');
    expect(seen[0]?.authorization).toBe('Bearer sk-canary');
    expect(JSON.parse(seen[0]!.body)).toEqual({
      input: { q: 1 },
      events: false,
      config: { tags: ['a'] },
    });
  });

  it('[21] posts no headers of a call, which are for a provider, and shows none of its own', async () => {
    const bodies: string[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        bodies.push(body + JSON.stringify(request.headers));
        response.writeHead(400);
        response.end(JSON.stringify({ message: `no ${request.headers['x-tenant'] as string}` }));
      });
    });
    const remote = new RemoteChatModel(url, { headers: { 'x-tenant': 'canary-own' } });
    const shown = inspect(remote, { depth: Infinity, showHidden: true });
    expect(shown + JSON.stringify(remote)).not.toContain('canary');
    const call = { headers: { 'x-api-key': 'canary-call' }, temperature: 0 } as RunConfig;
    const error = await failure(remote.stream$('Hi', call));
    expect(bodies[0]).toContain('"temperature":0');
    expect(bodies[0]).toContain('canary-own');
    expect(bodies[0]).not.toContain('canary-call');
    expect(inspect(error) + JSON.stringify(error)).not.toContain('canary');
  });

  it.each([
    [undefined, {}, /url must be a URL or a path, got undefined/],
    ['/', { timeouts: { idle: 0 } }, /idle must be a number above 0, got 0/],
    ['/', { fetch: 5 }, /fetch must be a function, got 5/],
    ['/', null, /options must be an object, got null/],
  ])('refuses %j with %j', (url, options, message) => {
    expect(() => new RemoteChatModel(url as string, options as never)).toThrow(message);
  });
});
