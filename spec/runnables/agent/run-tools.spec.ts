import { expectTypeOf } from 'expect-type';
import { filter, firstValueFrom, lastValueFrom, NEVER, Subject, tap, toArray } from 'rxjs';
import { type AIMessage, ModelError, type ToolMessage } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import type { AgentResult } from '../../../lib/runnables/agent/agent-result';
import { runTools } from '../../../lib/runnables/agent/run-tools';
import { type FaultServer, startFaultServer } from '../../../lib/testing/anthropic/fault-server';
import type { FaultName } from '../../../lib/testing/anthropic/faults/all-faults';
import { type RecordingParts, recordingOf } from '../../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../../lib/testing/anthropic/replay-server';
import { tool } from '../../../lib/tools/tool';
import { faultsOf, record, recordRun } from '../../support/run-events';

const weather = tool({
  name: 'weather',
  description: 'Tells the weather.',
  schema: z.object({ city: z.string() }),
  func: ({ city }) => ({ city, celsius: 21 }),
});
interface Sent {
  tools: object[];
  messages: { role: string; content: string | Record<string, unknown>[] }[];
}

describe('runTools, with Claude', () => {
  const servers: ReplayServer[] = [];
  const play = async (...turns: RecordingParts[]) => {
    const server = await startReplayServer({
      strict: true,
      recordings: turns.map(recordingOf),
      delayMs: 1,
    });
    servers.push(server);
    const model = new ChatAnthropic({
      model: 'claude-3-haiku-20240307',
      apiKey: 'any',
      baseURL: server.url,
      maxRetries: 0,
    });
    return { server, model, sent: () => server.requests.map(({ body }) => body as Sent) };
  };
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it('streams every turn and the results, and sends back what the service wants to see', async () => {
    const { model, sent } = await play(
      {
        content: [
          { text: ['I ', 'look.'] },
          { tool: 'weather', id: 'toolu_1', input: ['{"city":', '"Graz"}'] },
          { tool: 'weather', id: 'toolu_2', input: { town: 'Wien' } },
        ],
      },
      { tokens: ['It is ', '21 °C.'] },
    );
    const agent = runTools(model, [weather]);
    expectTypeOf(agent.invoke.bind(agent)).returns.resolves.toEqualTypeOf<AgentResult>();
    const chunks = await lastValueFrom(agent.stream$('What is the weather?').pipe(toArray()));
    expect(
      chunks
        .filter(({ type }) => type === 'ai')
        .map(({ text }) => text)
        .join(''),
    ).toBe('I look.It is 21 °C.');
    const [first, second] = sent();
    expect(first?.tools).toEqual([
      {
        name: 'weather',
        description: 'Tells the weather.',
        input_schema: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
        },
      },
    ]);
    expect(second?.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Graz' } },
          { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { town: 'Wien' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: '{"city":"Graz","celsius":21}' },
          {
            type: 'tool_result',
            tool_use_id: 'toolu_2',
            is_error: true,
            content:
              'weather: the input does not match the schema: city: Invalid input: expected string, received undefined',
          },
        ],
      },
    ]);
  });

  it('[16] never runs a call that was cut off, even if it looks whole', async () => {
    const func = jest.fn();
    const remove = tool({ name: 'remove', schema: { type: 'object' }, func });
    const { model, sent } = await play({
      content: [{ tool: 'remove', input: ['{"path":"/tmp"}'] }],
      stopReason: 'max_tokens',
    });
    const { finish, output } = await runTools(model, [remove]).invoke('Clean up');
    expect(func).not.toHaveBeenCalled();
    expect(sent()).toHaveLength(1);
    expect([finish, output.finish_reason]).toEqual(['done', 'length']);
  });

  it('[16] answers a call of invalid JSON, and the service gets an object all the same', async () => {
    const { model, sent } = await play(
      { content: [{ tool: 'weather', id: 'toolu_1', input: ['{"city":"Graz",}'] }] },
      { tokens: ['Sorry.'] },
    );
    const { messages } = await runTools(model, [weather]).invoke('What is the weather?');
    expect((messages[0] as AIMessage).invalid_tool_calls).toMatchObject([{ id: 'toolu_1' }]);
    expect(messages[1] as ToolMessage).toMatchObject({ status: 'error', tool_call_id: 'toolu_1' });
    expect(sent()[1]?.messages.slice(1)).toMatchObject([
      { content: [{ type: 'tool_use', input: { INVALID_JSON: '{"city":"Graz",}' } }] },
      { content: [{ type: 'tool_result', tool_use_id: 'toolu_1', is_error: true }] },
    ]);
  });

  it('leaves the tools of the service to the service, and goes on from its pauses', async () => {
    const use = {
      type: 'server_tool_use',
      id: 'srvtoolu_1',
      name: 'web_search',
      input: { query: 'moon' },
    };
    const { model, sent } = await play(
      { content: [{ text: 'I search.' }, { block: use }], stopReason: 'pause_turn' },
      { tokens: ['There is a moon.'] },
    );
    const tools = [weather, { type: 'web_search_20250305', name: 'web_search' }];
    const { messages, steps } = await runTools(model, tools).invoke('Is there a moon?');
    expect(messages.map(({ type }) => type)).toEqual(['ai', 'ai']);
    expect(steps).toBe(2);
    const [first, second] = sent();
    expect(first?.tools[1]).toEqual(tools[1]);
    expect(second?.messages.slice(1)).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'I search.' }, use] },
    ]);
  });

  it('[2] closes the socket when one leaves in a later turn', async () => {
    const tokens = Array<string>(200).fill('gold ');
    const { model, server } = await play(
      { content: [{ tool: 'weather', input: { city: 'Graz' } }] },
      { tokens },
    );
    const text$ = runTools(model, [weather])
      .stream$('What is the weather?')
      .pipe(filter(({ type, text }) => type === 'ai' && text !== ''));
    await firstValueFrom(text$);
    const { by } = await (await server.request(1)).closed;
    expect(by).toBe('client');
  });

  it('[2] aborts the work when one leaves in a call', async () => {
    const { model } = await play({ content: [{ tool: 'wait', input: {} }] });
    const begun = new Subject<AbortSignal>();
    const wait = tool({
      name: 'wait',
      schema: { type: 'object' },
      func: (_, { signal }) => {
        begun.next(signal);
        return NEVER;
      },
    });
    const began = firstValueFrom(begun);
    const run = recordRun(runTools(model, [wait]), 'Go');
    const signal = await began;
    expect(signal.aborted).toBe(false);
    run.leave();
    expect(signal.aborted).toBe(true);
    expect(faultsOf(run.events)).toEqual([]);
    expect(run.story().slice(-2)).toEqual(['tool_cancel wait', 'chain_cancel ToolAgent']);
  });

  it('[5] fails with a turn that fails', async () => {
    const { model } = await play({ content: [{ tool: 'weather', input: { city: 'Graz' } }] });
    const run$ = runTools(model, [weather]).invoke('What is the weather?');
    const error: unknown = await run$.catch((thrown: unknown) => thrown);
    expect(ModelError.is(error)).toBe(true);
  });

  describe('whatever comes over the wire', () => {
    let faults: FaultServer;
    beforeAll(async () => {
      faults = await startFaultServer();
    });
    afterAll(() => faults.close());

    /** Plays the fault once, then an answer without calls. */
    const play = async (name: FaultName, params: object = {}) => {
      const func = jest.fn((_: unknown) => 'ran');
      const tools = ['open_file', 'list_files'].map((each) =>
        tool({ name: each, schema: { type: 'object' }, func }),
      );
      const baseURL = faults.baseUrl(name, { ...params, times: 1 });
      const model = new ChatAnthropic({ model: 'any', apiKey: 'any', maxRetries: 0, baseURL });
      const { events, listener } = record();
      const results: ToolMessage[] = [];
      const run$ = runTools(model, tools)
        .stream$('Go', { listeners: [listener] })
        .pipe(
          tap((chunk) => {
            if (chunk.type === 'tool') results.push(chunk);
          }),
        );
      const error: unknown = await lastValueFrom(run$).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(faultsOf(events)).toEqual([]);
      return { ran: func.mock.calls.map(([args]) => args), results, error };
    };

    it('[16] a whole call is run once (T026)', async () => {
      const { ran, results } = await play('tool-call');
      expect(ran).toEqual([{ path: 'a.txt', mode: 'read' }]);
      expect(results).toMatchObject([{ content: 'ran', status: 'success' }]);
      expect((await play('tool-no-args')).ran).toEqual([{}]);
    });

    it.each(['constructor', '__proto__', 'toString'])(
      '[17] there is no tool named %s (T134)',
      async (name) => {
        const { ran, results, error } = await play('tool-call', { name });
        expect([ran, error]).toEqual([[], undefined]);
        expect(results).toMatchObject([
          {
            status: 'error',
            content: `There is no tool "${name}". The tools are: open_file, list_files`,
          },
        ]);
      },
    );

    it.each([
      '{"a":1,}}}',
      '{"a":',
      '{a:1}',
      "{'a':1}",
      '[1]',
      '"a"',
      'null',
      '{"a":01}',
      '{}{}',
      '{"a":NaN}',
    ])('[16] no call is run with %s (T040)', async (json) => {
      const { ran, results, error } = await play('tool-json', { json });
      expect([ran, error]).toEqual([[], undefined]);
      expect(results).toMatchObject([{ status: 'error' }]);
    });

    it.each([
      ['tool-deep', { depth: 1000, closed: 1 }, 'limit'],
      ['tool-deep', { depth: 1000, closed: 0 }, 'limit'],
      ['tool-cut', {}, 'truncated'],
    ] as const)(
      '[5] no call of %s %j is run, which is an error of code %s (T039)',
      async (name, params, code) => {
        const { ran, results, error } = await play(name, params);
        expect([ran, results]).toEqual([[], []]);
        expect(error).toMatchObject({ code });
      },
    );
  });
});
