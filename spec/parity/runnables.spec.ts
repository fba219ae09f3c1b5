import {
  RunnableBranch as LangChainBranch,
  RunnableEach as LangChainEach,
  RunnableLambda as LangChainLambda,
  RunnableMap as LangChainMap,
  RunnablePassthrough as LangChainPassthrough,
  RunnablePick as LangChainPick,
} from '@langchain/core/runnables';
import { BaseRetriever } from '@langchain/core/retrievers';
import { StringOutputParser as LangChainStringOutputParser } from '@langchain/core/output_parsers';
import { Document as LangChainDocument } from '@langchain/core/documents';
import { lastValueFrom, toArray } from 'rxjs';
import {
  branch,
  type RetrievedDocument,
  lambda,
  parallel,
  pick,
  type RunConfig,
  type Runnable,
  RunnableEach,
  RunnablePassthrough,
  Retriever,
  StringOutputParser,
  withConfig,
  withFallbacks,
  withRetry,
} from 'rxlm';
import {
  comparableRuns,
  langChainRuns,
  langChainValues,
  LangChainStream,
} from '../support/langchain';
import { saying } from '../support/models';
import { expectSameRuns, sortedData } from '../support/same-runs';

/**
 * LangChain.js beside rxlm, where LangChain is right. What may differ is the contract's closed list (3.1), and that
 * every run of ours reports its chunks, and its input as soon as it is there.
 */
type Theirs = Parameters<typeof langChainRuns<never>>[0] &
  Parameters<typeof langChainValues<never>>[0];

const shout = ({ q }: { q: string }) => `${q}!`;
const theirs = <I, O>(func: (input: I) => O) => new LangChainLambda<I, O>({ func: func as never });
const broken = (): string => {
  throw new Error('down');
};
const docs: RetrievedDocument[] = [
  { pageContent: 'foo', metadata: {} },
  { pageContent: 'bar', metadata: { page: 1 } },
];

class OurRetriever extends Retriever {
  static override readonly lcName = 'FakeRetriever';
  protected override getRelevantDocuments() {
    return docs;
  }
}
class TheirRetriever extends BaseRetriever {
  static override lc_name() {
    return 'FakeRetriever';
  }
  override lc_namespace = [];
  override _getRelevantDocuments() {
    return Promise.resolve(docs.map((doc) => new LangChainDocument<object>(doc as never)));
  }
}

const cases: Record<
  string,
  { ours: unknown; theirs: unknown; input: unknown; config?: RunConfig }
> = {
  '(group 4) parallel': {
    ours: parallel({ a: saying('1', '2'), b: (q: string) => `${q}!` }),
    theirs: LangChainMap.from({
      a: new LangChainStream('1', '2'),
      b: (q: string) => `${q}!`,
    } as never),
    input: 'hi',
    config: { tags: ['on'], metadata: { by: 'me' } },
  },
  '(group 4) parallel behind a model': {
    ours: saying('a', 'b').pipe(
      parallel({ text: new StringOutputParser(), all: new RunnablePassthrough<never>() }),
    ),
    theirs: new LangChainStream('a', 'b').pipe(
      LangChainMap.from({
        text: new LangChainStringOutputParser(),
        all: new LangChainPassthrough(),
      } as never),
    ),
    input: 'hi',
  },
  assign: {
    ours: RunnablePassthrough.assign({ m: shout }),
    theirs: LangChainPassthrough.assign({ m: shout as never }),
    input: { q: 'hi', n: 1 },
  },
  'assign over its own key': {
    ours: RunnablePassthrough.assign({ q: shout }),
    theirs: LangChainPassthrough.assign({ q: shout as never }),
    input: { q: 'hi', n: 1 },
  },
  'pick one': {
    ours: pick<{ a: number }, 'a'>('a'),
    theirs: new LangChainPick('a'),
    input: { a: 1, b: 2 },
  },
  'pick some, behind a parallel': {
    ours: parallel({
      a: saying('1', '2').pipe(new StringOutputParser()),
      b: () => 2,
      c: () => 3,
    }).pipe(pick(['a', 'c'])),
    theirs: LangChainMap.from({
      a: new LangChainStream('1', '2').pipe(new LangChainStringOutputParser()),
      b: () => 2,
      c: () => 3,
    } as never).pipe(new LangChainPick(['a', 'c'])),
    input: 'hi',
  },
  // At the root, LangChain's branch uses one run id for all.
  'a branch inside': {
    ours: lambda(() =>
      branch(
        [(n: number) => n > 9, () => 'big'],
        [(n: number) => n > 4, () => 'ok'],
        () => 'small',
      ),
    ),
    theirs: theirs(() =>
      LangChainBranch.from([
        [(n: number) => n > 9, () => 'big'],
        [(n: number) => n > 4, () => 'ok'],
        () => 'small',
      ] as never),
    ),
    input: 5,
  },
  'a branch inside, by default': {
    ours: lambda(() => branch([(n: number) => n > 9, () => 'big'], saying('sm', 'all') as never)),
    theirs: theirs(() =>
      LangChainBranch.from([
        [(n: number) => n > 9, () => 'big'],
        new LangChainStream('sm', 'all'),
      ] as never),
    ),
    input: 'five',
  },
  'a config of its own': {
    ours: withConfig(saying('a', 'b'), { runName: 'named', tags: ['b'], metadata: { x: 1 } }),
    theirs: new LangChainStream('a', 'b').withConfig({
      runName: 'named',
      tags: ['b'],
      metadata: { x: 1 },
    }),
    input: 'x',
    config: { tags: ['a'] },
  },
  '(group 12) a retriever': { ours: new OurRetriever(), theirs: new TheirRetriever(), input: 'q' },
  '(group 12) a retriever inside': {
    ours: lambda((q: string, config) => new OurRetriever().stream$(q, config)),
    theirs: new LangChainLambda({
      func: (q: string, config: unknown) => new TheirRetriever().invoke(q, config as never),
    }),
    input: 'q',
  },
  'a fallback': {
    ours: withFallbacks(lambda<string, string>(broken), [saying('FALL', 'BACK')]),
    theirs: theirs(broken).withFallbacks([new LangChainStream('FALL', 'BACK') as never]),
    input: 'x',
  },
};

describe('the same in LangChain.js', () => {
  it.each(Object.entries(cases))(
    'reports the same runs of %s',
    async (_, { config = {}, ...each }) => {
      const ours = each.ours as Runnable<unknown, unknown>;
      const events = await lastValueFrom(ours.events$(each.input, config).pipe(toArray()));
      const expected = await langChainRuns(
        each.theirs as Theirs,
        each.input as never,
        config as object,
      );
      expectSameRuns(comparableRuns(events), expected);
    },
  );

  it.each(Object.entries(cases))('streams the same chunks of %s', async (_, each) => {
    const ours = each.ours as Runnable<unknown, unknown>;
    const chunks = await lastValueFrom(ours.stream$(each.input).pipe(toArray()));
    const expected = await langChainValues(each.theirs as Theirs, each.input as never);
    expect(sortedData(chunks)).toEqual(sortedData(expected));
  });

  it('reports the same runs of a retry, which LangChain makes when it is invoked', async () => {
    const flaky = () => {
      let calls = 0;
      return (q: string) => {
        calls += 1;
        if (calls < 3) throw new Error('busy');
        return `${q}!`;
      };
    };
    const ours = withRetry(lambda(flaky()), { delay: 0 });
    const recorded = await lastValueFrom(
      lambda((q: string, config) => ours.stream$(q, config))
        .events$('q')
        .pipe(toArray()),
    );
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const retried = theirs(flaky()).withRetry({ stopAfterAttempt: 3 });
    const expected = await langChainRuns(
      new LangChainLambda({
        func: (q: string, config: unknown) => retried.invoke(q, config as never),
      }),
      'q',
    );
    jest.restoreAllMocks();
    expectSameRuns(comparableRuns(recorded), expected);
  }, 20_000);

  it('reports the same runs of each, which LangChain does not stream', async () => {
    const plus = (n: number) => n + 1;
    const recorded = await lastValueFrom(
      new RunnableEach(lambda(plus)).events$([1, 2]).pipe(toArray()),
    );
    const expected = await langChainRuns(
      new LangChainEach({ bound: theirs(plus) }) as never,
      [1, 2] as never,
    );
    expectSameRuns(comparableRuns(recorded), expected);
  });
});
