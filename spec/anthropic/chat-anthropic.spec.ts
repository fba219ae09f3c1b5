import Anthropic from '@anthropic-ai/sdk';
import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { lastValueFrom, type Observable, Subscription, take, toArray } from 'rxjs';
import {
  lambda,
  ModelError,
  type RunEvent,
  runTools,
  toAsyncIterable,
  tool,
  withConfig,
  withFallbacks,
  withRetry,
  withStructuredOutput,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { type FaultServer, startFaultServer } from '../../lib/testing/anthropic/fault-server';
import { type RecordingParts, recordingOf } from '../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';

const KEY = 'sk-canary-0123456789';
const OPTIONS = { model: 'claude-3-haiku-20240307', maxTokens: 1024, apiKey: KEY };
/** The contract says 50 ms; a busy machine gets some more. */
const SOON = 250;

describe('ChatAnthropic', () => {
  let server: ReplayServer;
  let slow: ReplayServer;
  let faults: FaultServer;
  beforeAll(async () => {
    server = await startReplayServer({ strict: true, recordings: [goldfishSync], cycle: true });
    slow = await startReplayServer({
      strict: true,
      recordings: [goldfishSync],
      cycle: true,
      delayMs: 20,
    });
    faults = await startFaultServer();
  });
  afterAll(() => Promise.all([server.close(), slow.close(), faults.close()]));

  const model = (options: object = {}) =>
    new ChatAnthropic({ ...OPTIONS, baseURL: server.url, ...options });
  const fails = async (run$: Observable<unknown>): Promise<ModelError> =>
    lastValueFrom(run$, { defaultValue: undefined }).then(
      () => Promise.reject(new Error('it succeeded')),
      (error: unknown) => error as ModelError,
    );
  /** Checks that the server sees the next request's socket closed by the client soon after `leave` was called. */
  const closes = async (
    on: { requests: readonly unknown[]; request: ReplayServer['request'] },
    start: (left: () => void) => void,
  ) => {
    const index = on.requests.length;
    let leftAt = NaN;
    start(() => (leftAt = performance.now()));
    const { at, by } = await (await on.request(index)).closed;
    expect(by).toBe('client');
    expect(at - leftAt).toBeLessThan(SOON);
  };

  it('[1] sends nothing before it is subscribed to, and one request for each subscription', async () => {
    const before = server.requests.length;
    const stream$ = model().stream$('Hi');
    model().events$('Hi');
    expect(server.requests.length).toBe(before);
    await Promise.all([lastValueFrom(stream$), lastValueFrom(stream$)]);
    expect(server.requests.length).toBe(before + 2);
  });

  it('streams token by token and folds to what invoke gives', async () => {
    const chunks = await lastValueFrom(model().stream$('Hi').pipe(toArray()));
    const message = await model().invoke('Hi');
    expect(chunks.map(({ text }) => text).join('')).toBe(message.text);
    expect(chunks.length).toBe(56);
    expect(message.usage_metadata).toMatchObject({
      input_tokens: 21,
      output_tokens: 73,
      total_tokens: 94,
    });
  });

  it('sends the key, the version and the options, also those of a call', async () => {
    await model({ temperature: 0.5 }).invoke('Hi', {
      stop: ['X'],
      maxTokens: 5,
      headers: { 'x-of-mine': 'yes' },
    });
    const { headers, body } = server.requests.at(-1) ?? {};
    expect(headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'x-of-mine': 'yes',
      'anthropic-version': expect.any(String) as string,
    });
    expect(body).toMatchObject({
      temperature: 0.5,
      stop_sequences: ['X'],
      max_tokens: 5,
      stream: true,
    });
    await model().invoke('Hi');
    expect(server.requests.at(-1)?.body).not.toHaveProperty('stop_sequences');
  });

  it('binds tools, by JSON Schema or Standard Schema', async () => {
    const tools = [{ name: 'add', description: 'Adds.', schema: z.object({ a: z.number() }) }];
    await model().bindTools(tools, { toolChoice: 'any' }).invoke('Hi');
    expect(server.requests.at(-1)?.body).toMatchObject({
      tools: [{ name: 'add', input_schema: { type: 'object', required: ['a'] } }],
      tool_choice: { type: 'any' },
    });
  });

  it('[7] [10] reports its name, its metadata and the messages in its events', async () => {
    const outer = lambda((q: string, config) =>
      model({ temperature: 0 }).stream$(q, { ...config, stop: ['X'] }),
    );
    const events = await lastValueFrom(outer.events$('Hi').pipe(toArray()));
    const start = events.find(({ event }) => event === 'on_chat_model_start');
    expect(start).toMatchObject({
      name: 'ChatAnthropic',
      metadata: {
        ls_provider: 'anthropic',
        ls_model_name: OPTIONS.model,
        ls_model_type: 'chat',
        ls_temperature: 0,
        ls_max_tokens: 1024,
        ls_stop: ['X'],
      },
      data: { input: { messages: [[expect.objectContaining({ type: 'human', content: 'Hi' })]] } },
      parent_ids: [events[0]?.run_id],
    });
  });

  it('begins each of many requests in a turn of its own, so that what has come can go first', async () => {
    let turn = 0;
    const begun: number[] = [];
    const chat = model({
      clientOptions: {
        fetch: (...sent: Parameters<typeof fetch>) => {
          begun.push(turn);
          return fetch(...sent);
        },
      },
    });
    const answers = Promise.all(Array.from({ length: 20 }, () => chat.invoke('Hi')));
    for (; begun.length < 20; turn += 1) await nextTurn();
    expect(new Set(begun).size).toBe(20);
    await answers;
  });

  it('sends nothing for who has left while others were begun', async () => {
    const before = server.requests.length;
    const chat = model();
    const all = Array.from({ length: 20 }, () => chat.stream$('Hi').subscribe());
    all.forEach((subscription) => {
      subscription.unsubscribe();
    });
    await chat.invoke('Hi');
    expect(server.requests.length - before).toBe(1);
  });

  describe('[2] unsubscribing closes the socket', () => {
    it('before the response begins', () =>
      closes(faults, (left) => {
        const subscription = model({ baseURL: faults.baseUrl('no-headers') })
          .stream$('Hi')
          .subscribe();
        void faults.request(faults.requests.length).then(() => {
          left();
          subscription.unsubscribe();
        });
      }));

    it('while the server is silent', () =>
      closes(faults, (left) => {
        const subscription = model({ baseURL: faults.baseUrl('stall') })
          .stream$('Hi')
          .subscribe(() => {
            setTimeout(() => {
              left();
              subscription.unsubscribe();
            }, 20);
          });
      }));

    it.each([1, 2, 5])('inside the %dth next', async (count) => {
      let seen = 0;
      await closes(slow, (left) => {
        model({ baseURL: slow.url })
          .stream$('Hi')
          .pipe(take(count))
          .subscribe({ next: () => (seen += 1), complete: left });
      });
      expect(seen).toBe(count);
    });

    it('at the fifth event, as in the how-to', () =>
      closes(slow, (left) => {
        model({ baseURL: slow.url }).events$('Hi').pipe(take(5)).subscribe({ complete: left });
      }));

    it('[18] by break', () =>
      closes(slow, (left) => {
        void (async () => {
          for await (const chunk of toAsyncIterable(model({ baseURL: slow.url }).stream$('Hi')))
            if (chunk.text) break;
          left();
        })();
      }));

    it('by an aborted signal, which is the error', async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      let error: unknown;
      await closes(slow, (left) => {
        model({ baseURL: slow.url })
          .stream$('Hi', { signal: controller.signal })
          .subscribe({
            next: () => {
              left();
              controller.abort(reason);
            },
            error: (e: unknown) => (error = e),
          });
      });
      expect(error).toBe(reason);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    });

    it('by a timeout, which is an error with the message so far', async () => {
      let error: unknown;
      await closes(slow, (left) => {
        model({ baseURL: slow.url })
          .stream$('Hi', { timeout: 200 })
          .subscribe({
            error: (e: unknown) => {
              left();
              error = e;
            },
          });
      });
      expect(error).toMatchObject({
        code: 'timeout',
        phase: 'total',
        provider: 'anthropic',
        emitted: true,
      });
      expect((error as ModelError).partial).toMatchObject({
        content: expect.stringMatching(/^Here/) as string,
      });
    });
  });

  it('[3] reports a cancel for every run that was left', async () => {
    const events: RunEvent[] = [];
    const listeners = [(event: RunEvent) => events.push(event)];
    const chain = lambda((q: string, config) => model({ baseURL: slow.url }).stream$(q, config));
    await lastValueFrom(chain.stream$('Hi', { listeners }).pipe(take(2)));
    expect(events.map(({ event }) => event).slice(-2)).toEqual([
      'on_chat_model_cancel',
      'on_chain_cancel',
    ]);
    expect(events.at(-2)?.data).toMatchObject({ output: { content: 'Here' } });
  });

  it('[24] is complete at message_stop, though the connection stays open', async () => {
    const index = faults.requests.length;
    const message = await model({ baseURL: faults.baseUrl('keep-open') }).invoke('Hi');
    expect(message.text).toBe('Hello wörld 🌍👩‍🚀!');
    expect((await (await faults.request(index)).closed).by).toBe('client');
  });

  it('[5] takes a body that just ends for truncated, with the message so far', async () => {
    const error = await fails(
      model({ baseURL: faults.baseUrl('end-after', { events: 4 }) }).stream$('Hi'),
    );
    expect(error).toMatchObject({
      code: 'truncated',
      emitted: true,
      partial: { content: expect.any(String) as string },
    });
  });

  it('[26] retries what comes to nothing, reports of it, and gives one message', async () => {
    const events = await lastValueFrom(
      model({ baseURL: faults.baseUrl('error-first', { times: 1 }) })
        .events$('Hi')
        .pipe(toArray()),
    );
    const names = events.map(({ event }) => event);
    expect(names.filter((name) => name === 'on_chat_model_retry')).toHaveLength(1);
    expect(names.filter((name) => name === 'on_chat_model_start')).toHaveLength(1);
    expect(events.find(({ event }) => event === 'on_chat_model_retry')?.data).toMatchObject({
      attempt: 1,
      error: { code: 'overloaded' },
    });
    expect(names.at(-1)).toBe('on_chat_model_end');
  });

  it('[21] shows its key nowhere', async () => {
    const claude = model({ baseURL: faults.baseUrl('echo-key'), maxRetries: 0 });
    const events: RunEvent[] = [];
    const error = await fails(claude.stream$('Hi', { listeners: [(event) => events.push(event)] }));
    const shown = [error, events, claude].map(
      (value) => inspect(value, { depth: 10, showHidden: true }) + JSON.stringify(value),
    );
    expect(`${shown.join('')}${String(error.stack)}`).not.toContain('canary');
  });

  it('says what is missing when there is no key, at the first request and not before', async () => {
    const { ANTHROPIC_API_KEY: before } = process.env;
    delete process.env['ANTHROPIC_API_KEY'];
    try {
      const claude = new ChatAnthropic({ model: 'm', baseURL: server.url });
      await expect(claude.invoke('Hi')).rejects.toMatchObject({
        code: 'unauthorized',
        message: expect.stringMatching(/apiKey.*ANTHROPIC_API_KEY/) as string,
      });
      process.env['ANTHROPIC_API_KEY'] = KEY;
      await expect(claude.invoke('Hi')).resolves.toMatchObject({ type: 'ai' });
    } finally {
      if (before === undefined) delete process.env['ANTHROPIC_API_KEY'];
      else process.env['ANTHROPIC_API_KEY'] = before;
    }
  });

  it('uses a client that is passed in', async () => {
    const client = new Anthropic({
      apiKey: KEY,
      baseURL: server.url,
      defaultHeaders: { 'x-client': 'mine' },
    });
    await new ChatAnthropic({ model: 'm', client }).invoke('Hi');
    expect(server.requests.at(-1)?.headers['x-client']).toBe('mine');
  });

  it('leaves no listener on a signal that outlives many runs', async () => {
    const { signal } = new AbortController();
    const subscriptions = new Subscription();
    await Promise.all(Array.from({ length: 20 }, () => model().invoke('Hi', { signal })));
    subscriptions.add(model().stream$('Hi', { signal }).subscribe());
    subscriptions.unsubscribe();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('sends the betas of all requests with those of a call', async () => {
    for (const defaultHeaders of [
      { 'Anthropic-Beta': 'a-1, b-1' },
      new Headers({ 'anthropic-beta': 'a-1,b-1' }),
    ]) {
      const seen = server.requests.length;
      const asked = model({ clientOptions: { defaultHeaders }, betas: ['c-1'] });
      await asked.invoke('Hi', { betas: ['d-1', 'a-1'] });
      const sent = server.requests[seen]?.headers['anthropic-beta'];
      expect(String(sent).split(',')).toEqual(['a-1', 'b-1', 'c-1', 'd-1']);
    }
  });

  it('[21] shows no key and no header, however it is wrapped and looked at', () => {
    const secrets = ['x-secret', 'y-secret', 'z-secret'];
    const clientOptions = { defaultHeaders: { 'x-own': secrets[1]! } };
    const made = model({ headers: { 'x-tenant': secrets[0]! }, clientOptions });
    const bound = made.bind({ headers: { 'x-call': secrets[2]! } });
    const wrapped = [
      made,
      bound,
      made.bindTools([]),
      withConfig(made, { headers: { 'x-call': secrets[2]! } }),
      withRetry(bound),
      withFallbacks(bound, [made]),
      withStructuredOutput(bound, z.object({ a: z.string() })),
      lambda((text: string) => text).pipe(bound),
      runTools(bound, []),
    ];
    for (const each of wrapped)
      for (const shown of [inspect(each, { depth: 20, showHidden: true }), JSON.stringify(each)])
        for (const secret of [KEY, ...secrets]) expect(shown).not.toContain(secret);
  });
});

describe('[32] Claude, wrapped', () => {
  const servers: ReplayServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const usage = { start: { input_tokens: 10 }, end: { output_tokens: 2 } };
  const play = async (...turns: RecordingParts[]) => {
    const recordings = turns.map((turn) => recordingOf({ usage, ...turn }));
    const server = await startReplayServer({ strict: true, recordings });
    servers.push(server);
    return { ...OPTIONS, baseURL: server.url, maxRetries: 0, server };
  };
  const wrapped = async (...turns: RecordingParts[]) => {
    const { server, ...options } = await play(...turns);
    const { server: gone, ...first } = await play({ tokens: ['x'] });
    await gone.close();
    return { server, model: withFallbacks(new ChatAnthropic(first), [new ChatAnthropic(options)]) };
  };
  const add = tool({
    name: 'add',
    description: 'Adds.',
    schema: z.object({ a: z.number(), b: z.number() }),
    func: ({ a, b }) => a + b,
  });

  it('is the model of an agent, its usage counted once, in requests that the service takes', async () => {
    const { server, model } = await wrapped(
      { content: [{ tool: 'add', id: 'toolu_1', input: { a: 1, b: 2 } }] },
      { tokens: ['It is ', '3.'] },
    );
    const events: RunEvent[] = [];
    const result = await runTools(model, [add]).invoke('1 + 2?', {
      listeners: [(event) => events.push(event)],
    });
    expect(result.output.text).toBe('It is 3.');
    expect(result.usage).toMatchObject({ input_tokens: 20, output_tokens: 4, total_tokens: 24 });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toMatchObject({ tools: [{ name: 'add' }] });
    expect(events.filter(({ event }) => event === 'on_chat_model_end')).toHaveLength(2);
  });

  it('is the model of structured output', async () => {
    const input = { title: 'Goldfish' };
    const { server, model } = await wrapped({
      content: [{ tool: 'recipe', id: 'toolu_1', input }],
    });
    const schema = z.object({ title: z.string() });
    const structured = withStructuredOutput(model, schema, { name: 'recipe' });
    expect(await structured.invoke('Cook')).toEqual(input);
    expect(server.requests[0]?.body).toMatchObject({ tools: [{ name: 'recipe' }] });
  });

  it('refuses an option that it does not have at the call, in every view', async () => {
    const { model } = await wrapped({ tokens: ['x'] });
    for (const each of [model, withRetry(model), withConfig(model, { tags: ['t'] })]) {
      const wrong = { max_tokens: 5 } as never;
      expect(() => each.stream$('Hi', wrong)).toThrow(TypeError);
      expect(() => each.events$('Hi', wrong)).toThrow(TypeError);
      expect(() => each.batch$(['Hi'], wrong)).toThrow(TypeError);
      await expect(each.invoke('Hi', wrong)).rejects.toThrow('maxTokens');
    }
  });

  it('reports the listeners of its constructor of every run, once', async () => {
    const { server, ...options } = await play({ tokens: ['a'] }, { tokens: ['b'] });
    const events: RunEvent[] = [];
    const listener = (event: RunEvent) => events.push(event);
    const claude = new ChatAnthropic({ ...options, listeners: [listener] });
    await claude.invoke('Hi');
    await withRetry(claude.bind({ temperature: 0 })).invoke('Hi', { listeners: [listener] });
    const recorded = events.map(({ event, parent_ids }) => `${parent_ids.length} ${event}`);
    expect(recorded.filter((event) => !event.endsWith('_stream'))).toEqual([
      '0 on_chat_model_start',
      '0 on_chat_model_end',
      '0 on_chain_start',
      '1 on_chat_model_start',
      '1 on_chat_model_end',
      '0 on_chain_end',
    ]);
    expect(server.requests).toHaveLength(2);
    expect(() => new ChatAnthropic({ ...options, listeners: [5 as never] })).toThrow(
      new TypeError('config.listeners must be an array of functions, got an array of 1'),
    );
  });
});
