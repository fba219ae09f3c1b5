import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import {
  RunnableLambda as LangChainLambda,
  RunnableMap as LangChainMap,
  RunnablePassthrough as LangChainPassthrough,
  RunnableSequence as LangChainSequence,
} from '@langchain/core/runnables';
import { tool as langChainTool } from '@langchain/core/tools';
import { NEVER } from 'rxjs';
import {
  ChatPromptTemplate,
  lambda,
  parallel,
  type RunConfig,
  type Runnable,
  RunnablePassthrough,
  StringOutputParser,
  tool,
  withConfig,
  withFallbacks,
} from 'rxlm';
import { z } from 'zod';
import { countedSignal } from '../support/counted-signal';
import { LangChainStream } from '../support/langchain';
import { FakeStream, saying } from '../support/models';
import { faultsOf, record } from '../support/run-events';
import { unhandledErrors } from '../support/unhandled-errors';

type Any = Runnable<unknown, unknown>;
interface Theirs {
  invoke(input: unknown, config: object): Promise<unknown>;
  stream(input: unknown, config: object): Promise<AsyncIterable<unknown>>;
  batch(inputs: unknown[], config: object): Promise<unknown>;
}

/** Ours wait for ever, and are released; theirs have to come to an end by themselves. */
const silent = new FakeStream(() => NEVER);
const wait = () => new Promise((resolve) => setTimeout(resolve, 100, 'SOME STUFF'));
class LangChainSlow extends LangChainStream {
  override async _generate(...call: Parameters<LangChainStream['_generate']>) {
    await wait();
    call[1].signal?.throwIfAborted();
    return super._generate(...call);
  }

  override async *_streamResponseChunks(
    ...args: Parameters<LangChainStream['_streamResponseChunks']>
  ) {
    await wait();
    yield* super._streamResponseChunks(...args);
  }
}
const slow = new LangChainSlow('hey');

const cases: Record<string, { ours: unknown; theirs: unknown; input: unknown }> = {
  map: {
    ours: parallel({ question: new RunnablePassthrough(), context: () => NEVER }),
    theirs: LangChainMap.from({ question: new LangChainPassthrough(), context: wait } as never),
    input: 'testing',
  },
  binding: {
    ours: withConfig(
      lambda(() => NEVER),
      { tags: ['bound'] },
    ),
    theirs: new LangChainLambda({ func: wait }).withConfig({ tags: ['bound'] }),
    input: 'testing',
  },
  fallbacks: {
    ours: withFallbacks(
      lambda(() => {
        throw new Error('expected');
      }),
      [silent as never],
    ),
    theirs: new LangChainLambda({
      func: () => {
        throw new Error('expected');
      },
    }).withFallbacks([slow as never]),
    input: 'testing',
  },
  sequence: {
    ours: RunnablePassthrough.assign({ test: lambda(() => NEVER) }).pipe(lambda(() => undefined)),
    theirs: LangChainSequence.from([
      LangChainPassthrough.assign({ test: (() => slow) as never }),
      () => undefined,
    ] as never),
    input: { question: 'testing' },
  },
  lambda: { ours: lambda(() => NEVER), theirs: new LangChainLambda({ func: wait }), input: {} },
  model: { ours: silent, theirs: slow, input: 'testing' },
};

const consumed = async (values: AsyncIterable<unknown>) => {
  const all: unknown[] = [];
  for await (const value of values) all.push(value);
};
const views: Record<
  string,
  {
    ours: (r: Any, i: unknown, c: RunConfig) => Promise<unknown>;
    theirs: (r: Theirs, i: unknown, c: object) => Promise<unknown>;
  }
> = {
  invoke: {
    ours: (runnable, input, config) => runnable.invoke(input, config),
    theirs: (runnable, input, config) => runnable.invoke(input, config),
  },
  stream: {
    ours: (runnable, input, config) => consumed(runnable.stream(input, config)),
    theirs: async (runnable, input, config) => consumed(await runnable.stream(input, config)),
  },
  batch: {
    ours: (runnable, input, config) => runnable.batch([input, input], config),
    theirs: (runnable, input, config) => runnable.batch([input, input], config),
  },
};

const outcome = (view: Promise<unknown>) =>
  view.then(
    () => 'done',
    () => 'rejected',
  );

describe('(group 15) a signal, as in LangChain.js', () => {
  const each = Object.entries(cases).flatMap(([name, { ours, theirs, input }]) =>
    Object.entries(views).flatMap(([view, does]) =>
      ['at once', 'later'].map((when) => ({ name, view, when, ours, theirs, input, does })),
    ),
  );

  it.each(each)('ends $view of a $name $when', async ({ ours, theirs, input, does, when }) => {
    const controller = countedSignal();
    const { events, listener } = record();
    const mine = does.ours(ours as Any, input, {
      signal: controller.signal,
      listeners: [listener],
    });
    const reference = does.theirs(theirs as Theirs, input, { signal: controller.signal });
    const outcomes = Promise.all([outcome(mine), outcome(reference)]);
    if (when === 'later') await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(new Error('enough'));
    expect(await outcomes).toEqual(['rejected', 'rejected']);
    await expect(mine).rejects.toThrow('enough');
    expect(faultsOf(events)).toEqual([]);
  });

  it('in use by many runs at once brings no warning of the platform, and is left by all', async () => {
    const warned = jest.fn();
    process.on('warning', warned);
    const docs = ['test1', 'test2', 'test3', 'test4'];
    const chain = parallel({
      context: () => docs,
      question: new RunnablePassthrough<string>(),
    }).pipe(
      RunnablePassthrough.assign({
        answer: lambda(({ context, question }: { context: string[]; question: string }) => ({
          context: context.join('\n'),
          question,
        }))
          .pipe(ChatPromptTemplate.fromMessages([['human', '{context} {question}']]))
          .pipe(saying('test'))
          .pipe(new StringOutputParser()),
      }),
    );
    const controller = countedSignal();
    const { signal } = controller;
    try {
      const outputs = await chain.batch(Array<string>(30).fill('Why?'), { signal });
      expect(outputs).toEqual(Array(30).fill({ context: docs, question: 'Why?', answer: 'test' }));
      await new Promise((resolve) => setTimeout(resolve));
    } finally {
      process.off('warning', warned);
    }
    expect(warned).not.toHaveBeenCalled();
    expect(controller.count()).toBe(0);

    const theirs = LangChainMap.from({
      context: () => docs,
      question: new LangChainPassthrough(),
    } as never).assign({
      answer: LangChainSequence.from([
        (({ context, question }: { context: string[]; question: string }) => ({
          context: context.join('\n'),
          question,
        })) as never,
        LangChainPrompt.fromMessages([['human', '{context} {question}']]) as never,
        new LangChainStream('test') as never,
        new LangChainParser() as never,
      ]),
    });
    expect(await theirs.invoke('Why?')).toEqual(await chain.invoke('Why?'));
  });
});

describe('(group 14) what ends a run from outside, as in LangChain.js', () => {
  it.each(Object.entries(cases))('a timeout of %s', async (_, { ours, theirs, input }) => {
    const { events, listener } = record();
    const mine = (ours as Any).invoke(input, { timeout: 10, listeners: [listener] });
    await expect(mine).rejects.toMatchObject({ code: 'timeout' });
    expect(await outcome((theirs as Theirs).invoke(input, { timeout: 10 }))).toBe('rejected');
    expect(faultsOf(events)).toEqual([]);
    expect(events.at(-1)?.event).toMatch(/_error$/);
  });

  it('a signal, before the first event of a run that is silent', async () => {
    const controller = new AbortController();
    const all = outcome(consumed(silent.streamEvents('hi', { signal: controller.signal })));
    const reference = slow.streamEvents('hi', { version: 'v2', signal: controller.signal });
    const allOfTheirs = outcome(consumed(reference));
    await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort();
    expect([await all, await allOfTheirs]).toEqual(['rejected', 'rejected']);
  });

  it('an error in the body of the loop, which leaves the run and nothing unhandled', async () => {
    const broken = new Error('in the body');
    const { events, listener } = record();
    const looped = async (told$: AsyncIterable<{ event: string }>) => {
      for await (const { event } of told$) if (event.endsWith('_stream')) throw broken;
    };
    const endless = new FakeStream(async function* () {
      for (;;) {
        yield 'a';
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    const unhandled = await unhandledErrors(async () => {
      await expect(looped(endless.streamEvents('hi', { listeners: [listener] }))).rejects.toBe(
        broken,
      );
    });
    expect(unhandled).toEqual([]);
    expect(events.at(-1)?.event).toBe('on_chat_model_cancel');
    // LangChain hides it behind an AbortError of its own.
    const theirs = looped(new LangChainStream('a', 'b').streamEvents('hi', { version: 'v2' }));
    expect(await outcome(theirs)).toBe('rejected');
  });

  it('a tool that fails is reported as on_tool_error, with its input', async () => {
    const fails = (): string => {
      throw new Error('tool bad');
    };
    const options = { name: 'bad', description: 'Fails.', schema: z.object({ a: z.number() }) };
    const { events, listener } = record();
    await expect(
      tool({ ...options, func: fails }).invoke({ a: 1 }, { listeners: [listener] }),
    ).rejects.toMatchObject({ code: 'failed' });
    const theirs: { event: string; data: { input?: unknown } }[] = [];
    const run$ = langChainTool(fails, options).streamEvents({ a: 1 }, { version: 'v2' });
    await expect(
      (async () => {
        for await (const event of run$) theirs.push(event);
      })(),
    ).rejects.toThrow('tool bad');
    expect(events.map(({ event }) => event)).toEqual(theirs.map(({ event }) => event));
    // LangChain has the error as a text with its stack in it.
    expect(events.at(-1)?.data).toMatchObject({ error: { message: 'tool bad' } });
    expect(JSON.stringify(events)).not.toMatch(/\bat .*\.ts/);
  });
});
