import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { RunnableLambda as LangChainLambda } from '@langchain/core/runnables';
import { lastValueFrom, toArray } from 'rxjs';
import {
  ChatPromptTemplate,
  type EventFilters,
  lambda,
  type RunConfig,
  type RunEvent,
  StringOutputParser,
  withConfig,
} from 'rxlm';
import { comparableRuns, langChainRuns, LangChainStream } from '../support/langchain';
import { saying } from '../support/models';
import { faultsOf, recordRun } from '../support/run-events';
import { expectSameRuns } from '../support/same-runs';

const reverse = (text: string) => [...text].reverse().join('');
const ours = (name: string, config: RunConfig = {}) =>
  withConfig(lambda(reverse), { runName: name, ...config });
const theirs = (name: string, config: object = {}) =>
  new LangChainLambda({ func: reverse }).withConfig({ runName: name, ...config });

describe('(group 2) functions, as in LangChain.js', () => {
  it('one, under a name of its own', async () => {
    const { events } = recordRun(ours('reverse'), 'hello');
    expect(comparableRuns(events)).toEqual(await langChainRuns(theirs('reverse'), 'hello'));
  });

  it('three, one behind the other: places, names, inputs, and a root that ends without its own', async () => {
    const { events } = recordRun(ours('1').pipe(ours('2')).pipe(ours('3')), 'hello');
    const expected = await langChainRuns(theirs('1').pipe(theirs('2')).pipe(theirs('3')), 'hello');
    expectSameRuns(comparableRuns(events), expected);
    expect(events.at(-1)?.data).toEqual({ output: 'olleh' });
  });

  it.each([
    ['an empty text', ''],
    ['zero', 0],
    ['false', false],
    ['nothing', null],
    ['an array', [1]],
  ])('of %s as input and output', async (_, value) => {
    const same = (input: unknown) => input;
    const { events } = recordRun(lambda(same).pipe(lambda(same)), value);
    const step = new LangChainLambda({ func: same });
    const expected = await langChainRuns(step.pipe(step), value);
    const recorded = comparableRuns(events);
    expect(recorded.map(({ name, tags }) => [name, tags])).toEqual(
      expected.map(({ name, tags }) => [name, tags]),
    );
    // LangChain wraps inputs that are falsy, and takes an output that is nothing for an empty object.
    for (const { story } of recorded) expect(story.at(-1)?.data).toMatchObject({ output: value });
  });
});

describe('(group 6) prompt, model and parser, as in LangChain.js', () => {
  const messages = [
    ['system', 'You are {mood}.'],
    ['human', '{question}'],
  ] as const;
  const own = { runName: 'my_model', tags: ['my_model'], metadata: { a: 'b' } };
  const chainConfig = { runName: 'my_chain', tags: ['my_chain'], metadata: { foo: 'bar' } };
  const input = { mood: 'terse', question: 'Why?' };

  const chain = withConfig(
    ChatPromptTemplate.fromMessages(messages)
      .pipe(withConfig(saying('R', 'O', 'AR'), own))
      .pipe(new StringOutputParser()),
    chainConfig,
  );
  const chainOfTheirs = () =>
    LangChainPrompt.fromMessages(messages as never)
      .pipe(new LangChainStream('R', 'O', 'AR').withConfig(own))
      .pipe(new LangChainParser())
      .withConfig(chainConfig);

  it('report the same runs, with the tags and metadata that they inherit', async () => {
    const { events, values } = recordRun(chain, input, { tags: ['call'], metadata: { call: 1 } });
    const expected = await langChainRuns(chainOfTheirs(), input as never, {
      tags: ['call'],
      metadata: { call: 1 },
    });
    expectSameRuns(comparableRuns(events), expected);
    expect(values).toEqual(['R', 'O', 'AR']);
    expect(faultsOf(events)).toEqual([]);
  });

  it('report each event that LangChain reports, a child before its parent', async () => {
    const { events } = recordRun(chain, input);
    const all: string[] = [];
    for await (const { event, name } of chainOfTheirs().streamEvents(input, {
      version: 'v2',
    }))
      all.push(`${event} ${name}`);
    expect([...labels(events)].sort()).toEqual(all.sort());
    expect(labels(events).filter((label) => label.includes('_stream'))).toEqual(
      ['R', 'O', 'AR'].flatMap(() => [
        'on_chat_model_stream my_model',
        'on_parser_stream StrOutputParser',
        'on_chain_stream my_chain',
      ]),
    );
  });

  it('inside a function, too', async () => {
    const outer = lambda(() => chain);
    const outerOfTheirs = new LangChainLambda({ func: () => chainOfTheirs() as never });
    const { events } = recordRun(outer, input);
    expectSameRuns(comparableRuns(events), await langChainRuns(outerOfTheirs, input as never));
  });

  describe('(group 3) filtered', () => {
    const filters: EventFilters[] = [
      { includeNames: ['my_model'] },
      { includeNames: ['ChatPromptTemplate', 'StrOutputParser'] },
      { includeTypes: ['chat_model'] },
      { includeTypes: ['prompt', 'parser'] },
      { includeTags: ['my_model'] },
      { includeTags: ['my_chain'] },
      { includeTags: ['seq:step:3'], includeNames: ['my_model'] },
      { excludeNames: ['my_model'] },
      { excludeTypes: ['chain', 'prompt'] },
      { excludeTags: ['my_model'] },
      { includeTags: ['my_chain'], excludeNames: ['StrOutputParser'] },
      { includeTypes: ['chain'], excludeTags: ['my_chain'] },
      { includeNames: ['nobody'] },
    ];

    it.each(filters.map((each) => [JSON.stringify(each), each] as const))(
      'by %s are of the same runs',
      async (_, filter) => {
        const recorded = await lastValueFrom(chain.events$(input, filter).pipe(toArray()));
        const expected: string[] = [];
        const run$ = chainOfTheirs().streamEvents(input, { version: 'v2' }, filter as never);
        for await (const { event, name } of run$) expected.push(`${event} ${name}`);
        expect([...labels(recorded)].sort()).toEqual(expected.sort());
      },
    );

    it('keep each event as it is, where LangChain gives the first one the root’s input', async () => {
      const recorded = await lastValueFrom(
        chain.events$(input, { includeTypes: ['chat_model'] }).pipe(toArray()),
      );
      const all = await lastValueFrom(chain.events$(input).pipe(toArray()));
      const kept = all.filter(({ name }) => name === 'my_model');
      expect(recorded.map(({ data }) => withoutIds(data))).toEqual(
        kept.map(({ data }) => withoutIds(data)),
      );
    });
  });
});

const labels = (events: readonly RunEvent[]) => events.map(({ event, name }) => `${event} ${name}`);

const withoutIds = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'id' ? undefined : value)));
