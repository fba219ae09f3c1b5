import { RunnableLambda } from '@langchain/core/runnables';
import { tool as langChainTool } from '@langchain/core/tools';
import { lambda, type RunConfig, type ToolCall } from 'rxlm';
import { z } from 'zod';
import { tool } from '../../lib/tools/tool';
import { comparableRuns, langChainRuns } from '../support/langchain';
import { recordRun } from '../support/run-events';

const description = 'Adds one.';
const schema = z.object({ a: z.number() });
const call: ToolCall = { type: 'tool_call', id: 'call_1', name: 'adder', args: { a: 1 } };
const failing = () => {
  throw new Error('tool bad');
};

const ours = tool({ name: 'adder', description, schema, func: ({ a }) => ({ sum: a + 1 }) });
const theirs = langChainTool(({ a }) => ({ sum: a + 1 }), { name: 'adder', description, schema });

describe('the events of a tool are those of LangChain', () => {
  it.each([{ a: 1 }, call])('for %j', async (input) => {
    const config = { tags: ['nightly'], metadata: { user: 1 } };
    expect(comparableRuns(recordRun(ours, input, config).events)).toEqual(
      await langChainRuns(theirs, input, config),
    );
  });

  it.each([{ a: 1 }, call])('inside of a function, for %j', async (input) => {
    const outer = lambda((given: typeof input, config) => ours.stream$(given, config));
    const outerOfTheirs = RunnableLambda.from((given: typeof input, config: RunConfig) =>
      theirs.invoke(given, config as never),
    );
    expect(comparableRuns(recordRun(outer, input).events)).toEqual(
      await langChainRuns(outerOfTheirs as never, input),
    );
  });

  it('for a failure, but for the error itself', async () => {
    const bad = tool({ name: 'bad', description, schema, func: failing });
    const outer = lambda((given: { a: number }, config) => bad.stream$(given, config));
    const recorded = comparableRuns(recordRun(outer, { a: 1 }).events).at(-1);
    const badOfTheirs = langChainTool(failing, { name: 'bad', description, schema });
    const outerOfTheirs = RunnableLambda.from((given: { a: number }, config: RunConfig) =>
      badOfTheirs.invoke(given, config as never).catch(() => 'handled'),
    );
    const [, toldByTheirs] = await langChainRuns(outerOfTheirs as never, { a: 1 });
    const withoutError = (story: typeof recorded) =>
      story?.story.map(({ event, data }) => ({
        event,
        data: { ...(data as object), error: null },
      }));
    expect(withoutError(recorded)).toEqual(withoutError(toldByTheirs));
  });
});
