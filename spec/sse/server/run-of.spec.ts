import { catchError, EMPTY, lastValueFrom, NEVER, of, Subscription, toArray } from 'rxjs';
import {
  type AIMessageChunk,
  type AnyMessage,
  ChatPromptTemplate,
  lambda,
  MessagesPlaceholder,
  type RunConfig,
  type RunEvent,
  RunnablePassthrough,
  runTools,
  tool,
  withRetry,
} from 'rxlm';
import { FakeChatModel } from 'rxlm/testing';
import { encodeFrame } from '../../../lib/sse/frames/sse-frame.js';
import { limitStreams } from '../../../lib/sse/server/limit-streams.js';
import { runOf, type RunOfOptions } from '../../../lib/sse/server/run-of.js';
import { refusedAtCall } from '../../../lib/sse/server/sse-source.js';
import { toHttpError } from '../../../lib/sse/frames/to-http-error.js';

const length = lambda((text: string) => text.length, { name: 'Length' });
const all = (body: unknown, options?: RunOfOptions, config: RunConfig = {}) =>
  lastValueFrom(runOf(length, body, options)(config).pipe(toArray()));
const eventsOf = async (body: object, options: RunOfOptions = {}, config: RunConfig = {}) =>
  (await all(
    { input: 'abc', events: true, ...body },
    { events: true, ...options },
    config,
  )) as RunEvent[];
/** What the request is refused with. */
const refusal = (runnable: Parameters<typeof runOf>[0], input: unknown, options?: RunOfOptions) =>
  refusedAtCall(runOf(runnable, { input }, options)) as Error | undefined;

describe('runOf', () => {
  it('runs what is asked for, and gives the root’s chunks whatever the body says', async () => {
    expect(await all({ input: 'abc' })).toEqual([3]);
    expect(await all({ input: 'abc', events: true })).toEqual([3]);
    expect(await all({ input: 'abc', events: 'yes' }, { events: true })).toEqual([3]);
    expect(await all({ input: 'abc' }, { events: true })).toEqual([3]);
  });

  it('gives events to a client that asks for them where the server says so', async () => {
    expect((await eventsOf({})).map(({ event }) => event)).toEqual([
      'on_chain_start',
      'on_chain_stream',
      'on_chain_end',
    ]);
  });

  it('gives the root’s events and those that the filters select, in their order', async () => {
    const prompt = ChatPromptTemplate.fromMessages([
      ['system', 'SECRET'],
      ['human', '{q}'],
    ]);
    const chain = prompt.pipe(new FakeChatModel(['gold', 'gold']));
    const body = { input: { q: 'a' }, events: true };
    const source = runOf(chain, body, {
      events: { includeTypes: ['chat_model'], excludeNames: ['x'] },
    });
    const events = (await lastValueFrom(
      source({}).pipe(toArray()),
    )) as readonly unknown[] as RunEvent[];
    expect(events.filter(({ event }) => event.endsWith('start')).map(({ name }) => name)).toEqual([
      'RunnableSequence',
      'FakeChatModel',
    ]);
    expect(events.some(({ event }) => event.startsWith('on_prompt'))).toBe(false);
    expect(events.map(({ event }) => event).indexOf('on_chat_model_end')).toBeLessThan(
      events.map(({ event }) => event).indexOf('on_chain_end'),
    );
    const chunks = await lastValueFrom(runOf(chain, body)({}).pipe(toArray()));
    expect(JSON.stringify(chunks)).not.toContain('SECRET');
    expect(chunks.map((chunk) => (chunk as AIMessageChunk).text).join('')).toBe('gold');
  });

  it('empties the results of tools unless they are to be shown', async () => {
    const look = tool({ name: 'look', schema: { type: 'object' }, func: () => 'SECRET' });
    const shown = async (options: RunOfOptions) => {
      const model = new FakeChatModel([{ id: 'c1', name: 'look', args: {} }, 'Done.'] as never);
      const source = runOf(runTools(model, [look]), { input: 'Hi' }, options);
      return JSON.stringify(await lastValueFrom(source({}).pipe(toArray())));
    };
    const hidden = await shown({});
    expect(hidden).toContain('"tool_call_id":"c1"');
    expect(hidden).not.toContain('SECRET');
    expect(await shown({ toolResults: true })).toContain('SECRET');
  });

  it('shows of a root that the filters do not select what it would without events', async () => {
    const look = tool({ name: 'look', schema: { type: 'object' }, func: () => 'SECRET' });
    const shown = async (options: RunOfOptions) => {
      const model = new FakeChatModel([{ id: 'c1', name: 'look', args: {} }, 'Done.'] as never);
      const agent = runTools(model, [look], { systemPrompt: 'SECRET' });
      const config = { tags: ['SECRET'], metadata: { tenant: 'SECRET' } };
      const source = runOf(agent, { input: 'Hi', events: true }, { config, ...options });
      const events = (await lastValueFrom(source({}).pipe(toArray()))) as unknown as RunEvent[];
      return { events, text: JSON.stringify(events) };
    };
    const { events, text } = await shown({ events: { includeTypes: ['retriever'] } });
    expect(text).not.toContain('SECRET');
    expect(text).toContain('"Hi"');
    expect(text).toContain('"tool_call_id":"c1"');
    expect(events.map(({ event }) => event)).toEqual([
      'on_chain_start',
      ...Array<string>(3).fill('on_chain_stream'),
      'on_chain_end',
    ]);
    const { output } = events.at(-1)!.data as { output: { messages: unknown[]; finish: string } };
    expect([output.messages.length, output.finish]).toEqual([3, 'done']);
    const results = { events: { includeTypes: ['retriever'] }, toolResults: true } as const;
    expect((await shown(results)).text).toContain('"content":"SECRET"');
    expect((await shown({ events: {} })).text).toContain('"tags":["SECRET"]');
  });

  describe('config', () => {
    const theirs = {
      tags: ['a'],
      metadata: { m: 1, server: 'no' },
      runName: 'Other',
      timeout: 1,
      listeners: ['x'],
    };

    it('takes nothing of the client’s by default', async () => {
      const config = { ...theirs, runId: '01a21abb-dd94-7fe3-834e-04443c961a77' };
      const [start] = await eventsOf({ config });
      expect(start).toMatchObject({ name: 'Length', tags: [], metadata: {} });
      expect(start!.run_id).not.toBe(config.runId);
      for (const odd of ['x', 5, null, [], { tags: 5 }])
        expect(await eventsOf({ config: odd })).toHaveLength(3);
    });

    it('takes the keys that it accepts, under the server’s own', async () => {
      const clientConfig = ['tags', 'metadata', 'runName', 'runId'] as const;
      const config = { ...theirs, runId: 'their-id' };
      const [start] = await eventsOf({ config }, { clientConfig });
      expect(start).toMatchObject({
        name: 'Other',
        tags: ['a'],
        metadata: { m: 1, server: 'no', client_run_id: 'their-id' },
      });
      const own = { tags: ['own'], metadata: { server: 'yes' }, runName: 'Own' };
      for (const [given] of [
        await eventsOf({ config }, { clientConfig, config: own }),
        await eventsOf({ config }, { clientConfig }, own),
      ])
        expect(given).toMatchObject({
          name: 'Own',
          tags: ['own', 'a'],
          metadata: { m: 1, server: 'yes' },
        });
    });
  });

  it('sends no event that is more than 2 KiB larger for what the client has in its config', async () => {
    const clientConfig = ['tags', 'metadata', 'runName', 'runId'] as const;
    const sizes = async (config: object) => {
      const model = new FakeChatModel([Array<string>(400).fill('a')]);
      const source = runOf(
        model.pipe(lambda((message: AnyMessage) => message.text)),
        { input: 'Hi', events: true, config },
        { events: true, clientConfig },
      );
      const events = await lastValueFrom(source({}).pipe(toArray()));
      return events.map((event) => Buffer.byteLength(encodeFrame({ data: JSON.stringify(event) })));
    };
    const largest = {
      tags: Array.from({ length: 7 }, (_, n) => `${n}`.padEnd(100, 'é')),
      metadata: { a: 'x'.repeat(256), b: 1 },
      runName: 'x'.repeat(100),
      runId: 'x',
    };
    expect(Buffer.byteLength(JSON.stringify(largest))).toBeGreaterThan(1800);
    const plain = await sizes({});
    const large = await sizes(largest);
    expect(plain.length).toBeGreaterThan(400);
    expect(large).toHaveLength(plain.length);
    for (const [at, size] of large.entries()) expect(size - plain[at]!).toBeLessThan(2048);
    const larger = { ...largest, metadata: { a: 'x'.repeat(256), b: 'x'.repeat(256) } };
    await expect(sizes(larger)).rejects.toMatchObject({ status: 400 });
  });

  describe('messages', () => {
    const model = new FakeChatModel(['a']);
    const seen: AnyMessage[][] = [];
    const chain = ChatPromptTemplate.fromMessages([
      new MessagesPlaceholder('history'),
      ['human', '{question}'],
    ]).pipe(model);

    it.each([
      ['a model', model],
      ['a model that is retried', withRetry(model)],
      ['a chain that begins with one', model.pipe(lambda(() => 1))],
      ['an agent', runTools(model, [])],
    ])('accepts of a client user text and inline images for %s', (_, runnable) => {
      const ask = runnable as Parameters<typeof runOf>[0];
      expect(refusal(ask, 'Hi')).toBeUndefined();
      expect(refusal(ask, [{ role: 'user', content: 'Hi' }])).toBeUndefined();
      for (const input of [
        [['system', 'x'], 'Hi'],
        ['Hi', ['ai', 'x'], 'Go on'],
        [{ role: 'user', content: [{ type: 'image', url: 'file:///etc/passwd' }] }],
        { messages: [['system', 'x']] },
        [],
      ]) {
        expect(refusal(ask, input)).toMatchObject({ statusCode: 400 });
        expect(toHttpError(refusal(ask, input)).status).toBe(400);
      }
      expect(refusal(ask, [['system', 'x'], 'Hi'], { history: { system: true } })).toBeUndefined();
      expect(refusal(ask, [['system', 'x'], 'Hi'], { history: 'unchecked' })).toBeUndefined();
    });

    it.each([
      ['a prompt', chain],
      [
        'a chain in which a prompt comes later',
        new RunnablePassthrough<never>().pipe(chain as never),
      ],
      ['a retried chain', withRetry(chain)],
    ])('checks what looks like a message in the input of %s', (_, runnable) => {
      const ask = runnable as Parameters<typeof runOf>[0];
      const input = (history: unknown) => ({ history, question: 'Hi' });
      expect(refusal(ask, input([['human', 'a']]))).toBeUndefined();
      for (const history of [
        [['system', 'x']],
        [{ type: 'system', content: 'x' }],
        { messages: [['system', 'x']] },
        { role: 'assistant', content: 'x' },
        [{ lc: 1, id: ['x', 'SystemMessage'], kwargs: { content: 'x' } }],
      ])
        expect(refusal(ask, input(history))).toMatchObject({ statusCode: 400 });
      expect(refusal(ask, input([['ai', 'x']]), { history: { assistant: true } })).toBeUndefined();
    });

    it('gives the model the messages that it has checked, and no other field of them', async () => {
      const spy = lambda((messages: AnyMessage[]) => seen.push(messages) && 1);
      Object.defineProperty(spy, 'runType', { value: 'chat_model' });
      const input = [{ role: 'user', content: 'Hi', additional_kwargs: { x: 1 }, extra: 1 }];
      await lastValueFrom(runOf(spy, { input })({}));
      expect(JSON.parse(JSON.stringify(seen[0]))).toEqual([
        { type: 'human', content: 'Hi', additional_kwargs: {}, response_metadata: {} },
      ]);
    });

    it('refuses an input that nests too deep to be looked at', () => {
      const deep = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)) as unknown;
      expect(refusal(length as never, deep)).toMatchObject({ statusCode: 400 });
    });
  });

  it.each([undefined, null, 'text', {}, [], JSON.parse('{"__proto__":{"input":"a"}}')])(
    'refuses the body %j when its source is used, and says so beforehand',
    (body) => {
      const source = runOf(length, body);
      expect(refusedAtCall(source)).toMatchObject({ statusCode: 400 });
      expect(() => source({})).toThrow(/the body must be/);
      expect(() => source({})).toThrow(TypeError);
    },
  );

  it('takes a promise of the body, and is refused by what rejects it', async () => {
    expect(await all(Promise.resolve({ input: 'abc' }))).toEqual([3]);
    await expect(all(Promise.resolve({}))).rejects.toThrow(/the body must be/);
    await expect(all(Promise.reject(new Error('too large')))).rejects.toThrow('too large');
    runOf(length, Promise.reject(new Error('nobody hears of this')));
  });

  it('counts runs from when the request has been read', async () => {
    const limit = limitStreams(1);
    const never = lambda(() => NEVER);
    const open = new Subscription();
    const ask = (body: unknown) => runOf(never, body, { limit })({});
    open.add(ask(new Promise(() => undefined)).subscribe());
    open.add(ask({ input: 1 }).subscribe());
    const failed = await lastValueFrom(
      ask({ input: 1 }).pipe(
        catchError((error: unknown) => of(toHttpError(error).status)),
        toArray(),
      ),
    );
    expect(failed).toEqual([429]);
    open.unsubscribe();
    let error: unknown;
    ask({ input: 1 })
      .pipe(
        catchError((caught: unknown) => {
          error = caught;
          return EMPTY;
        }),
      )
      .subscribe()
      .unsubscribe();
    expect(error).toBeUndefined();
  });

  it.each<[object, RegExp]>([
    [{ events: 'all' }, /^events must be/],
    [{ events: { includeTypes: 'tool' } }, /includeTypes must be an array/],
    [{ toolResults: 1 }, /^toolResults/],
    [{ clientConfig: ['signal'] }, /^clientConfig/],
    [{ history: { sytem: true } }, /no option "sytem"/],
    [{ limit: 5 }, /^limit/],
    [{ config: null }, /^config/],
  ])('refuses the option %j at once', (options, message) => {
    expect(() => runOf(length, { input: 'a' }, options)).toThrow(message);
  });

  it('refuses what is no runnable', () => {
    expect(() => runOf({} as never, { input: 'a' })).toThrow(/runOf takes a runnable/);
  });
});
