import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage as LangChainMessage } from '@langchain/core/messages';
import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { RunnableLambda as LangChainLambda } from '@langchain/core/runnables';
import { lastValueFrom, map, toArray } from 'rxjs';
import {
  AIMessageChunk,
  ChatPromptTemplate,
  lambda,
  type Runnable,
  StringOutputParser,
} from 'rxlm';
import {
  comparableRuns,
  langChainRuns,
  langChainValues,
  LangChainStream,
  plainData,
} from '../support/langchain';
import { FakeGenerate, FakeStream, saying } from '../support/models';
import { faultsOf, record, recordRun } from '../support/run-events';
import { expectSameRuns } from '../support/same-runs';

type Theirs = Parameters<typeof langChainRuns<string>>[0] &
  Parameters<typeof langChainValues<string>>[0];

const theirs = <R>(func: (input: string, config: never) => R) =>
  new LangChainLambda<string, R>({ func: func as never });

/** A LangChain model that cannot stream. */
class LangChainGenerate extends BaseChatModel {
  static override lc_name(): string {
    return 'FakeGenerate';
  }
  override _llmType(): string {
    return 'fake';
  }
  override _generate() {
    const message = new LangChainMessage('hello world');
    return Promise.resolve({ generations: [{ text: message.text, message }] });
  }
}

describe('(group 1) a chat model by itself, as in LangChain.js', () => {
  it.each([[[]], [['abc']], [['a', 'b', 'c']], [['', 'a', '']]])('that says %j', async (texts) => {
    const config = { tags: ['on'], metadata: { by: 'me' }, runName: 'named' };
    const { events } = recordRun(saying(...texts), 'hello', config);
    const expected = await langChainRuns(new LangChainStream(...texts), 'hello', config);
    // Of a model that says nothing, LangChain has no output.
    if (texts.length > 0) expect(comparableRuns(events)).toEqual(expected);
    expect(comparableRuns(events).map(({ name, tags }) => [name, tags])).toEqual([
      ['named', ['on']],
    ]);
  });

  it('takes messages, and shows the root its input as it was given', async () => {
    const input = [
      ['system', 'Be terse.'],
      ['human', 'hello'],
    ] as const;
    const { events } = recordRun(saying('a', 'b'), input as never);
    const expected = await langChainRuns(new LangChainStream('a', 'b'), input as never);
    expect(comparableRuns(events)).toEqual(expected);
  });

  it('has the run id that it is given, and its messages are named after it', async () => {
    const runId = '0193d5a0-0000-7000-8000-000000000001';
    const { events } = recordRun(saying('a'), 'x', { runId });
    const ids: unknown[] = [];
    const run$ = new LangChainStream('a').streamEvents('x', { version: 'v2', runId });
    for await (const { run_id, data } of run$)
      ids.push([run_id, (data.chunk as Message | undefined)?.id]);
    expect(
      events.map(({ run_id, data }) => [run_id, (data as { chunk?: Message }).chunk?.id]),
    ).toEqual(ids);
  });

  it('keeps what the provider says of a message', async () => {
    const response_metadata = { finish_reason: 'stop', model_name: 'test', usage: { tokens: 10 } };
    const last = { content: 'c', response_metadata };
    const ours = new FakeStream(() => ['a', new AIMessageChunk(last)]);
    const expected = await langChainRuns(new LangChainStream('a', last), 'hello');
    expect(comparableRuns(recordRun(ours, 'hello').events)).toEqual(expected);
    expect(expected[0]?.story.at(-1)?.data).toMatchObject({ output: { response_metadata } });
  });
});

describe('(group 7) a model inside a function, as in LangChain.js', () => {
  const texts = ['he', 'llo', ' world'];
  const cases: Record<string, { ours: (model: OurModel) => unknown; theirs: unknown }> = {
    'that is invoked, and streams all the same': {
      ours: (model) => lambda(async (q: string, config) => (await model.invoke(q, config)).text),
      theirs: theirs(async (q, config) => (await model().invoke(q, config)).content),
    },
    'that is invoked without the config, and not told': {
      ours: (model) => lambda(async (q: string) => (await model.invoke(q)).text),
      theirs: theirs(async (q) => (await model().invoke(q)).content),
    },
    'that is streamed': {
      ours: (model) =>
        lambda((q: string, config) =>
          model.stream$(q, config).pipe(map(({ text }) => text.toUpperCase())),
        ),
      theirs: theirs(async function* (q, config) {
        for await (const { text } of await model().stream(q, config)) yield text.toUpperCase();
      }),
    },
    'that is iterated': {
      ours: (model) =>
        lambda(async function* (q: string, config) {
          for await (const { text } of model.stream(q, config)) yield text.toUpperCase();
        }),
      theirs: theirs(async function* (q, config) {
        for await (const { text } of await model().stream(q, config)) yield text.toUpperCase();
      }),
    },
    'that the function gives': {
      ours: (model) => lambda(() => model),
      theirs: theirs(() => model()),
    },
    'that the function gives later': {
      ours: (model) => lambda(() => Promise.resolve(model)),
      theirs: theirs(() => Promise.resolve(model())),
    },
    'in a chain that the function gives': {
      ours: (model) => lambda(() => model.pipe(new StringOutputParser())),
      theirs: theirs(() => model().pipe(new LangChainParser())),
    },
  };
  type OurModel = ReturnType<typeof saying>;
  function model() {
    return new LangChainStream(...texts);
  }

  it.each(Object.entries(cases))('%s', async (_, each) => {
    const ours = each.ours(saying(...texts)) as Runnable<string, unknown>;
    const { values, events } = await heard(ours, 'hi');
    expect(values.map(plainData)).toEqual(await langChainValues(each.theirs as Theirs, 'hi'));
    expectSameRuns(comparableRuns(events), await langChainRuns(each.theirs as Theirs, 'hi'));
    expect(faultsOf(events)).toEqual([]);
  });
});

describe('(group 8) a model that does not stream, as in LangChain.js', () => {
  const ours = new FakeGenerate(() => 'hello world');

  it('by itself is reported with one chunk, which LangChain keeps to itself', async () => {
    const { values, events } = await heard(ours, 'x');
    const expected = await langChainRuns(new LangChainGenerate({}), 'x');
    const [run] = comparableRuns(events);
    const streams = run?.story.filter(({ event }) => event === 'on_chat_model_stream');
    expect(streams).toHaveLength(1);
    const others = run?.story.filter(({ event }) => event !== 'on_chat_model_stream');
    expect([{ ...run, story: others }]).toEqual(expected);
    expect(values.map(plainData)).toEqual(await langChainValues(new LangChainGenerate({}), 'x'));
  });

  it('in a chain', async () => {
    const chain = ChatPromptTemplate.fromMessages([['human', '{q}']])
      .pipe(ours)
      .pipe(new StringOutputParser());
    const chainOfTheirs = LangChainPrompt.fromMessages([['human', '{q}']])
      .pipe(new LangChainGenerate({}))
      .pipe(new LangChainParser());
    const { values, events } = await heard(chain, { q: 'x' });
    expectSameRuns(comparableRuns(events), await langChainRuns(chainOfTheirs, { q: 'x' }));
    expect(values).toEqual(await langChainValues(chainOfTheirs, { q: 'x' }));
  });

  it('inside a function', async () => {
    const outer = lambda(async (q: string, config) => (await ours.invoke(q, config)).text);
    const outerOfTheirs = theirs(
      async (q, config) => (await new LangChainGenerate({}).invoke(q, config)).content,
    );
    const { events } = await heard(outer, 'x');
    expectSameRuns(comparableRuns(events), await langChainRuns(outerOfTheirs as Theirs, 'x'));
  });
});

interface Message {
  readonly id?: string;
}

/** The chunks and the events of a run, once it is over. */
async function heard<I, C>(runnable: Runnable<I, unknown, C>, input: I) {
  const { events, listener } = record();
  const chunks$ = runnable.stream$(input, { listeners: [listener] });
  return { values: await lastValueFrom(chunks$.pipe(toArray())), events };
}
