import { expectTypeOf } from 'expect-type';
import { NEVER } from 'rxjs';
import {
  asTool,
  ChatPromptTemplate,
  lambda,
  runTools,
  type StructuredTool,
  tool,
  withConfig,
  withRetry,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { FakeChatModel, recordingOf, type ReplayServer, startReplayServer } from 'rxlm/testing';
import { z } from 'zod';
import { faultsOf, record, recordRun } from '../support/run-events.js';

const numbers = z.object({ n: z.number() });
const double = lambda(({ n }: { n: number }) => 2 * n);

describe('asTool', () => {
  it('gives what the runnable gives for what the schema makes of the arguments', async () => {
    const schema = z.object({ n: z.string().transform(Number) });
    const doubling = asTool(double, { name: 'double', schema });
    expectTypeOf(doubling).toEqualTypeOf<StructuredTool<{ n: string }, number>>();
    expect(await doubling.invoke({ n: '4' })).toBe(8);
    await expect(doubling.invoke({ n: 4 } as never)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('takes text where there is no schema', async () => {
    const shout = asTool(
      lambda((text: string) => text.toUpperCase()),
      { name: 'shout' },
    );
    expect(shout.schema).toMatchObject({ required: ['input'] });
    expect(await shout.invoke({ input: 'moon' })).toBe('MOON');
  });

  it('takes what `input` makes of the arguments', async () => {
    const model = new FakeChatModel([['Four.']]);
    const chain = ChatPromptTemplate.fromMessages([['human', 'Double {n}.']]).pipe(model);
    const doubling = asTool(chain, {
      name: 'double',
      schema: numbers,
      input: ({ n }) => ({ n: String(n) }),
    });
    const call = { type: 'tool_call', id: 'a', name: 'double', args: { n: 2 } } as const;
    expect((await doubling.invoke(call)).content).toBe('Four.');
    expect(model.calls[0]?.messages[0]?.text).toBe('Double 2.');
  });

  it('lets an agent ask another one, whose run is inside of that of the tool', async () => {
    const add = tool({ name: 'add', schema: numbers, func: ({ n }) => n + 1 });
    const inner = new FakeChatModel([[{ name: 'add', args: { n: 1 } }], ['It is 2.']]);
    const outer = new FakeChatModel([[{ name: 'ask', args: { input: 'How many?' } }], ['2']]);
    const ask = asTool(runTools(inner, [add]), { name: 'ask', description: 'Counts.' });
    const { events, listener } = record();
    const result = await runTools(outer, [ask]).invoke('Hi', { listeners: [listener] });
    expect(result.messages[1]).toMatchObject({ type: 'tool', content: 'It is 2.' });
    expect(inner.calls[0]?.messages[0]?.text).toBe('How many?');
    expect(faultsOf(events)).toEqual([]);
    const agents = events.filter(
      ({ event, name }) => event === 'on_chain_start' && name === 'ToolAgent',
    );
    expect(agents.map(({ parent_ids }) => parent_ids.length)).toEqual([0, 2]);
  });

  it('cancels the runnable', () => {
    const waiting = asTool(
      lambda(() => NEVER),
      { name: 'wait' },
    );
    const run = recordRun(waiting, { input: 'a' });
    run.leave();
    expect(run.story()).toEqual([
      'tool_start wait',
      'chain_start RunnableLambda',
      'chain_cancel RunnableLambda',
      'tool_cancel wait',
    ]);
  });

  it('reports of a failure what a tool reports', async () => {
    const fails = lambda((_: string): string => {
      throw new Error('secret');
    });
    const call = { type: 'tool_call', id: 'a', name: 'fail', args: { input: '' } } as const;
    const failing = asTool(fails, { name: 'fail' });
    expect(await failing.invoke(call)).toMatchObject({ status: 'error', content: 'fail failed.' });
    const open = asTool(fails, { name: 'fail', errorText: () => 'Ask again.' });
    expect((await open.invoke(call)).content).toBe('Ask again.');
  });

  it.each<[unknown, object, RegExp]>([
    [undefined, {}, /^asTool takes a runnable, got undefined$/],
    [double, { name: 'a', input: 5 }, /^asTool: input must be a function, got 5$/],
    [double, {}, /name must be a non-empty string/],
  ])('is a TypeError for %p with %p', (runnable, options, message) => {
    expect(() => asTool(runnable as never, options as never)).toThrow(message);
  });
});

describe('tools with Claude', () => {
  const servers: ReplayServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it('may be runnables, be tried again, and have a config', async () => {
    const server = await startReplayServer({
      strict: true,
      recordings: [
        recordingOf({
          content: [
            { tool: 'double', id: 'toolu_1', input: { n: 2 } },
            { tool: 'flaky', id: 'toolu_2', input: { n: 3 } },
            { tool: 'ask', id: 'toolu_3', input: { input: 'Why?' } },
          ],
        }),
        recordingOf({ tokens: ['Done.'] }),
      ],
    });
    const other = await startReplayServer({
      strict: true,
      recordings: [recordingOf({ tokens: ['Because.'] })],
    });
    servers.push(server, other);
    const modelAt = ({ url: baseURL }: ReplayServer) =>
      new ChatAnthropic({ model: 'claude-haiku-4-5', apiKey: 'any', baseURL, maxRetries: 0 });
    let calls = 0;
    const flaky = tool({
      name: 'flaky',
      schema: numbers,
      func: ({ n }) => {
        if ((calls += 1) === 1) throw new Error('busy');
        return n;
      },
    });
    const { events, listener } = record();
    const agent = runTools(modelAt(server), [
      withConfig(asTool(double, { name: 'double', schema: numbers }), { tags: ['cheap'] }),
      withRetry(flaky, { delay: 0 }),
      asTool(modelAt(other), { name: 'ask' }),
    ]);
    const result = await agent.invoke('Go', { listeners: [listener] });
    expect(result.messages.map(({ text }) => text)).toEqual(['', '4', '3', 'Because.', 'Done.']);
    expect(server.requests[0]?.body).toMatchObject({
      tools: [
        { name: 'double' },
        { name: 'flaky' },
        { name: 'ask', input_schema: { required: ['input'] } },
      ],
    });
    expect(faultsOf(events)).toEqual([]);
    const starts = events.filter(({ event }) => event === 'on_tool_start');
    expect(starts.find(({ name }) => name === 'double')?.tags).toContain('cheap');
    expect(starts.filter(({ name }) => name === 'flaky')).toHaveLength(2);
  });
});
