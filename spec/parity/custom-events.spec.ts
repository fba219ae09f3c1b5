import { dispatchCustomEvent as dispatchOfTheirs } from '@langchain/core/callbacks/dispatch/web';
import { RunnableLambda as LangChainLambda } from '@langchain/core/runnables';
import { tool as langChainTool } from '@langchain/core/tools';
import { lastValueFrom, toArray } from 'rxjs';
import { dispatchCustomEvent, lambda, tool } from 'rxlm';
import { z } from 'zod';
import { comparableRuns, langChainRuns } from '../support/langchain';
import { faultsOf, record } from '../support/run-events';

/** What is reported in custom events, of which run. */
async function customOf(
  events: AsyncIterable<{ event: string; name: string; data: unknown; run_id: string }>,
) {
  const recorded: unknown[] = [];
  const runs: string[] = [];
  for await (const { event, name, data, run_id } of events) {
    if (!runs.includes(run_id)) runs.push(run_id);
    if (event === 'on_custom_event') recorded.push([name, data, runs.indexOf(run_id)]);
  }
  return recorded;
}

const payloads = [{ pct: 50 }, 'a text', 7, null, [1, 2], { nested: { deep: true } }];

describe('(group 11) custom events, as in LangChain.js', () => {
  const ours = lambda((q: string, config) => {
    payloads.forEach((data, index) => {
      dispatchCustomEvent(`event${String(index)}`, data, config);
    });
    return q;
  });
  const theirs = new LangChainLambda({
    func: async (q: string, config: unknown) => {
      for (const [index, data] of payloads.entries())
        await dispatchOfTheirs(`event${String(index)}`, data, config as never);
      return q;
    },
  });

  it('have the name, the data and the run that reported them', async () => {
    expect(await customOf(ours.streamEvents('x'))).toEqual(
      await customOf(theirs.streamEvents('x', { version: 'v2' })),
    );
  });

  it('are those of the run inside that reported them', async () => {
    const outer = lambda((q: string, config) => ours.stream$(q, config));
    const outerOfTheirs = new LangChainLambda({
      func: (q: string, config: unknown) => theirs.invoke(q, config as never),
    });
    const recorded = await customOf(outer.streamEvents('x'));
    expect(recorded).toEqual(await customOf(outerOfTheirs.streamEvents('x', { version: 'v2' })));
    expect(recorded[0]).toEqual(['event0', { pct: 50 }, 1]);
  });

  it('are none of version 1', async () => {
    const recorded = await lastValueFrom(ours.events$('x', { version: 'v1' }).pipe(toArray()));
    const expected: string[] = [];
    for await (const { event } of theirs.streamEvents('x', { version: 'v1' })) expected.push(event);
    expect(recorded.map(({ event }) => event)).toEqual(expected);
  });
});

describe('(group 10) tools, as in LangChain.js', () => {
  const description = 'A tool.';
  const empty = z.object({});
  const params = z.object({ x: z.number(), y: z.string() });
  const pairs = {
    'without parameters': [
      tool({ name: 'parameterless', description, schema: empty, func: () => 'hello' }),
      langChainTool(() => 'hello', { name: 'parameterless', description, schema: empty }),
      {},
    ],
    'with parameters': [
      tool({ name: 'with_parameters', description, schema: params, func: (given) => given }),
      langChainTool((given) => given, { name: 'with_parameters', description, schema: params }),
      { x: 1, y: '2' },
    ],
    'called as by a model': [
      tool({ name: 'with_parameters', description, schema: params, func: ({ y }) => y }),
      langChainTool(({ y }) => y, { name: 'with_parameters', description, schema: params }),
      { type: 'tool_call', id: 'call_1', name: 'with_parameters', args: { x: 1, y: '2' } },
    ],
  } as const;
  type Given = [ReturnType<typeof tool>, { invoke: unknown }, object];

  it.each(Object.entries(pairs) as unknown as [string, Given][])(
    '%s, by themselves and in a function',
    async (_, [ours, theirs, input]) => {
      const { events, listener } = record();
      await ours.invoke(input as never, { listeners: [listener] });
      expect(comparableRuns(events)).toEqual(await langChainRuns(theirs as never, input as never));

      const inside = record();
      const outer = lambda((q: object, config) => ours.stream$(q as never, config));
      await outer.invoke(input, { listeners: [inside.listener] });
      const outerOfTheirs = new LangChainLambda({
        func: (q: object, config: unknown) =>
          (theirs as unknown as LangChainLambda<object, unknown>).invoke(q, config as never),
      });
      const expected = await langChainRuns(outerOfTheirs, input);
      expect(comparableRuns(inside.events)).toEqual(expected);
      expect(faultsOf(inside.events)).toEqual([]);
    },
  );

  it('given what is not in their schema: both fail, and ours as a run that has an ending', async () => {
    const [ours, theirs] = pairs['with parameters'];
    const { events, listener } = record();
    const wrong = { x: 'one', y: 2 } as never;
    await expect(ours.invoke(wrong, { listeners: [listener] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(theirs.invoke(wrong)).rejects.toThrow('did not match expected schema');
    expect(events.map(({ event }) => event)).toEqual(['on_tool_start', 'on_tool_error']);
  });
});
