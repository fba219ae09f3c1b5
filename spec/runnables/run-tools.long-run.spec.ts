import { firstValueFrom, fromEvent, NEVER, of } from 'rxjs';
import {
  AIMessage,
  type AnyMessage,
  approvedCall,
  type ChatModel,
  type RunEvent,
  tool,
  type ToolConfig,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import type { AgentResult } from '../../lib/runnables/agent/agent-result';
import { runTools } from '../../lib/runnables/agent/run-tools';
import { type BlockParts, recordingOf } from '../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';
import type { WireEvent } from '../../lib/testing/anthropic/wire-event';
import { faultsOf, record, recordRun } from '../support/run-events';

interface Sent {
  readonly container?: string;
  readonly tools: readonly { readonly name: string }[];
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const CONTAINER = { id: 'container_1', expires_at: '2026-01-01T00:00:00Z' };
/** A turn that costs 10 and 2 tokens. */
const turn = (content: readonly BlockParts[], stopReason?: string, container?: object) =>
  recordingOf({
    content,
    ...(stopReason === undefined ? {} : { stopReason }),
    usage: { start: { input_tokens: 10 }, end: { output_tokens: 2 } },
  }).map((event): WireEvent =>
    event.type === 'message_delta' && container !== undefined
      ? { ...event, delta: { ...(event['delta'] as object), container } }
      : event,
  );
const call = (name: string, id: string, input: object = {}): BlockParts => ({
  tool: name,
  id,
  input,
});
const served = (name: string, id: string): BlockParts => ({
  block: { type: 'server_tool_use', id, name, input: { code: 'a' } },
});
const byCode = (id: string, input: object): BlockParts => ({
  block: {
    type: 'tool_use',
    id,
    name: 'add',
    input,
    caller: { type: 'code_execution_20250825', tool_id: 'srvtoolu_1' },
  },
});

describe('an agent with Claude, whose server refuses what the service refuses', () => {
  const servers: ReplayServer[] = [];
  const play = async (...recordings: readonly (readonly WireEvent[])[]) => {
    const server = await startReplayServer({ strict: true, recordings });
    servers.push(server);
    const options = { apiKey: 'any', baseURL: server.url, maxRetries: 0 };
    const model: ChatModel = new ChatAnthropic({ model: 'claude-haiku-4-5', ...options });
    return { server, model, sent: () => server.requests.map(({ body }) => body as Sent) };
  };
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  const seen: (string | undefined)[] = [];
  const weather = tool({
    name: 'weather',
    schema: z.object({ city: z.string() }),
    func: ({ city }, { toolCall }: ToolConfig) => {
      seen.push(toolCall?.id);
      return `21 °C in ${city}`;
    },
  });
  const add = tool({
    name: 'add',
    schema: z.object({ a: z.number(), b: z.number() }),
    allowed_callers: ['code_execution_20250825'],
    func: ({ a, b }) => a + b,
  });
  const bash = tool({
    type: 'bash_20250124',
    name: 'bash',
    func: ({ command }) => `$ ${String(command)}`,
  });
  const pay = tool({ name: 'pay', schema: z.object({ amount: z.number() }), func: () => 'paid' });
  const code = { type: 'code_execution_20250825', name: 'code_execution' };
  const search = { type: 'web_search_20250305', name: 'web_search' };
  const answer = z.object({ total: z.number() });

  describe('through ten turns', () => {
    let result: AgentResult<{ total: number }>;
    let events: readonly RunEvent[];
    let sent: readonly Sent[];

    beforeAll(async () => {
      const inner = await play(
        turn([call('weather', 'toolu_i', { city: 'Linz' })]),
        turn([{ text: 'Linz has 21 °C.' }]),
      );
      const research = tool({
        name: 'research',
        schema: z.object({ question: z.string() }),
        func: ({ question }, config) => runTools(inner.model, [weather]).stream$(question, config),
      });
      const outer = await play(
        turn(
          [
            { text: 'I compute.' },
            served('code_execution', 'srvtoolu_1'),
            byCode('toolu_0', { a: 1, b: 1 }),
          ],
          'tool_use',
          CONTAINER,
        ),
        turn([byCode('toolu_1', { a: 2, b: 1 })], 'tool_use'),
        turn([
          {
            block: {
              type: 'code_execution_tool_result',
              tool_use_id: 'srvtoolu_1',
              content: {
                type: 'code_execution_result',
                stdout: '3',
                stderr: '',
                return_code: 0,
                content: [],
              },
            },
          },
          call('weather', 'toolu_2', { city: 'Graz' }),
          call('weather', 'toolu_3', { city: 'Wien' }),
        ]),
        turn([{ text: 'I search.' }, served('web_search', 'srvtoolu_2')], 'pause_turn'),
        turn([
          {
            block: { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_2', content: [] },
          },
          { thinking: 'A shell.', signature: 'c2lnbmVk' },
          call('bash', 'toolu_4', { command: 'ls' }),
        ]),
        turn([{ block: { type: 'compaction', content: 'All so far.' } }], 'compaction'),
        turn([call('research', 'toolu_5', { question: 'Linz?' })]),
        turn([
          call('pay', 'toolu_6', { amount: 5 }),
          call('pay', 'toolu_7', { amount: 'many' }),
          call('add', 'toolu_8', { a: 1 }),
          call('nothing', 'toolu_9'),
        ]),
        turn([{ text: 'It is three.' }]),
        turn([call('give_answer', 'toolu_10', { total: 3 })]),
      );
      const agent = runTools(outer.model, [code, search, add, weather, bash, pay, research], {
        responseFormat: answer,
        approve: ({ name }) => of(name !== 'pay' || { approved: false, reason: 'Too much.' }),
      });
      const recorder = record();
      result = await agent.invoke('What is 1 + 2?', { listeners: [recorder.listener] });
      events = recorder.events;
      sent = outer.sent();
    });

    it('ends with the answer as an object', () => {
      expect(result).toMatchObject({ steps: 10, finish: 'done', structured: { total: 3 } });
      expect(result.pending).toEqual([]);
    });

    it('adds the usage of each turn once', () => {
      expect(result.usage).toMatchObject({
        input_tokens: 100,
        output_tokens: 20,
        total_tokens: 120,
      });
    });

    it('stays in the container as long as nobody says anything', () => {
      expect(sent.map(({ container }) => container)).toEqual([
        undefined,
        ...Array<string>(8).fill(CONTAINER.id),
        undefined,
      ]);
    });

    it('goes on with a pause and a compaction, without adding anything', () => {
      const roles = sent.map(({ messages }) => messages.at(-1)?.role);
      expect([roles[4], roles[6]]).toEqual(['assistant', 'assistant']);
      expect(sent[4]?.messages.at(-1)?.content).toEqual([
        { type: 'text', text: 'I search.' },
        expect.objectContaining({ type: 'server_tool_use', id: 'srvtoolu_2' }),
      ]);
    });

    it('answers each call once, in order', () => {
      const answers = result.messages.flatMap((each) =>
        each.type === 'tool' ? [[each.tool_call_id, each.status, each.text] as const] : [],
      );
      expect(answers).toEqual([
        ['toolu_0', 'success', '2'],
        ['toolu_1', 'success', '3'],
        ['toolu_2', 'success', '21 °C in Graz'],
        ['toolu_3', 'success', '21 °C in Wien'],
        ['toolu_4', 'success', '$ ls'],
        ['toolu_5', 'success', 'Linz has 21 °C.'],
        ['toolu_6', 'error', 'The call was denied. Too much.'],
        ['toolu_7', 'error', expect.stringContaining('amount')],
        ['toolu_8', 'error', expect.stringContaining('b')],
        ['toolu_9', 'error', expect.stringContaining('There is no tool "nothing"')],
        ['toolu_10', 'success', 'The answer was taken.'],
      ]);
    });

    it('reports its events as a tree in which each run of a tool says its call', () => {
      expect(faultsOf(events)).toEqual([]);
      const calls = events
        .filter(({ event, name }) => event === 'on_tool_start' && name === 'weather')
        .map(({ data }) => (data as { readonly tool_call_id?: string }).tool_call_id);
      expect(calls).toEqual(['toolu_2', 'toolu_3', 'toolu_i']);
      expect(seen).toEqual(calls);
      const agents = events.filter(
        ({ event, name }) => event === 'on_chain_start' && name === 'ToolAgent',
      );
      expect(agents.map(({ parent_ids }) => parent_ids.length)).toEqual([0, 2]);
    });

    it('can be gone on from, as data, too', async () => {
      const next = await play(turn([{ text: 'Yes.' }]), turn([{ text: 'Yes.' }]));
      const history = ['What is 1 + 2?', ...result.messages, 'Sure?'] as AnyMessage[];
      await next.model.bindTools([code, search, add]).invoke(history);
      const data = JSON.parse(JSON.stringify(result.messages)) as AnyMessage[];
      await next.model.bindTools([code, search, add]).invoke([...data, 'Sure?'] as AnyMessage[]);
      expect(next.server.requests).toHaveLength(2);
    });
  });

  it('goes on from what a run has reported that was cancelled inside of a tool', async () => {
    const { model, sent } = await play(
      turn([
        { text: 'I look.' },
        call('wait', 'toolu_1'),
        call('weather', 'toolu_2', { city: 'a' }),
      ]),
      turn([{ text: 'Fine.' }]),
    );
    let aborted = false;
    const started = new EventTarget();
    const wait = tool({
      name: 'wait',
      schema: { type: 'object' },
      func: (_, { signal }) => {
        signal.addEventListener('abort', () => (aborted = true));
        started.dispatchEvent(new Event('started'));
        return NEVER;
      },
    });
    const isStarted = firstValueFrom(fromEvent(started, 'started'));
    const run = recordRun(runTools(model, [wait, weather]), 'How is it?');
    await isStarted;
    run.leave();
    expect(aborted).toBe(true);
    expect(faultsOf(run.events)).toEqual([]);
    const cancel = run.events.find(
      ({ event, parent_ids }) => event === 'on_chain_cancel' && parent_ids.length === 0,
    );
    const { messages } = (cancel?.data as { output: AgentResult }).output;
    const result = await runTools(model, [wait, weather]).invoke([
      'How is it?',
      ...messages,
      'Never mind.',
    ] as AnyMessage[]);
    expect(result.output.text).toBe('Fine.');
    expect(sent()[1]?.messages.slice(2)).toEqual([
      {
        role: 'user',
        content: [
          expect.objectContaining({
            tool_use_id: 'toolu_1',
            content: 'The call was not run: the run was stopped before.',
          }),
          expect.objectContaining({ tool_use_id: 'toolu_2' }),
        ],
      },
      { role: 'user', content: 'Never mind.' },
    ]);
  });

  it('leaves a call for later, and runs it when it was approved', async () => {
    const { model } = await play(
      turn([call('pay', 'toolu_1', { amount: 5 })]),
      turn([{ text: 'Done.' }]),
    );
    const agent = runTools(model, [pay], { approve: () => of('pending' as const) });
    const first = await agent.invoke('Pay.');
    expect(first).toMatchObject({ finish: 'pending', pending: [{ id: 'toolu_1' }] });
    const decided = first.messages.map((message) =>
      message.type === 'ai'
        ? new AIMessage({ ...message, tool_calls: message.tool_calls.map(approvedCall) })
        : message,
    );
    const second = await agent.invoke(['Pay.', ...decided] as AnyMessage[]);
    expect(second.messages.map(({ text }) => text)).toEqual(['paid', 'Done.']);
  });

  it.each([
    'max_tokens',
    'refusal',
    'model_context_window_exceeded',
    'stop_sequence',
    'pause_turn',
  ])('can be gone on from where a turn with a call has ended by %s', async (stopReason) => {
    const { model } = await play(
      turn([{ text: 'I look.' }, call('weather', 'toolu_1', { city: 'a' })], stopReason),
      turn([{ text: 'Fine.' }]),
      turn([{ text: 'Fine.' }]),
    );
    const agent = runTools(model, [weather]);
    const first = await agent.invoke('How is it?');
    const history = ['How is it?', ...first.messages, 'Go on.'] as AnyMessage[];
    expect((await agent.invoke(history)).output.text).toBe('Fine.');
  });
});
