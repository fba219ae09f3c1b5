import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { RunnableLambda as LangChainLambda } from '@langchain/core/runnables';
import { concat, from, lastValueFrom, throwError, toArray } from 'rxjs';
import {
  ChatPromptTemplate,
  lambda,
  langchainCompatible,
  type Runnable,
  StringOutputParser,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { type ComparableRun, comparableRuns, LangChainStream } from '../support/langchain';
import { FakeStream, saying } from '../support/models';
import { faultsOf, recordRun, watch } from '../support/run-events';

const down = new Error('down');

/** A model that fails after these texts. */
const failing = (...texts: string[]) =>
  new FakeStream(() =>
    concat(
      from(texts),
      throwError(() => down),
    ),
  );
function failingOfTheirs(...texts: string[]): LangChainStream {
  const model = new LangChainStream(...texts);
  const texts$ = model._streamResponseChunks.bind(model);
  return Object.assign(model, {
    async *_streamResponseChunks(...call: Parameters<typeof texts$>) {
      yield* texts$(...call);
      throw down;
    },
  });
}

interface Outcome {
  readonly values: unknown[];
  readonly error: unknown;
  readonly runs: ComparableRun[];
}

type Theirs = Pick<LangChainLambda<never, unknown>, 'stream' | 'streamEvents'>;

async function theirOutcome(given: unknown, input: unknown): Promise<Outcome> {
  const runnable = given as Theirs;
  const values: unknown[] = [];
  const events: Parameters<typeof comparableRuns>[0][number][] = [];
  let error: unknown;
  try {
    for await (const value of await runnable.stream(input as never)) values.push(value);
  } catch (thrown) {
    error = thrown;
  }
  try {
    for await (const event of runnable.streamEvents(input as never, { version: 'v2' }))
      events.push(event as never);
  } catch (thrown) {
    expect(thrown).toBe(error);
  }
  return { values, error, runs: comparableRuns(events) };
}

function ourOutcome(runnable: Runnable<never, unknown>, input: unknown): Outcome {
  const { values, ended, events } = recordRun(runnable, input as never);
  expect(faultsOf(events)).toEqual([]);
  const compatible = watch(from(events).pipe(langchainCompatible())).values;
  return { values, error: (ended as { error?: unknown }).error, runs: comparableRuns(compatible) };
}

const textsOf = (values: readonly unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : (value as { text: string }).text));
const storyOf = ({ runs }: Outcome) =>
  runs.map(({ name, tags, story }) => [name, tags, story.map(({ event }) => event)]);

describe('what fails, as in LangChain.js but for the endings that it does not report', () => {
  it('in the middle of a chain: every chunk before it, and the error itself', async () => {
    const chain = ChatPromptTemplate.fromMessages([['human', '{q}']])
      .pipe(failing('he', 'llo'))
      .pipe(new StringOutputParser());
    const chainOfTheirs = LangChainPrompt.fromMessages([['human', '{q}']])
      .pipe(failingOfTheirs('he', 'llo'))
      .pipe(new LangChainParser());
    const ours = ourOutcome(chain, { q: 'x' });
    const theirs = await theirOutcome(chainOfTheirs, { q: 'x' });
    expect([ours.values, ours.error]).toEqual([theirs.values, theirs.error]);
    expect(storyOf(ours)).toEqual(storyOf(theirs));
  });

  it('in a function', async () => {
    const func = (): string => {
      throw down;
    };
    const ours = ourOutcome(lambda(func), 'x');
    const theirs = await theirOutcome(new LangChainLambda({ func }), 'x');
    expect([ours.values, ours.error]).toEqual([theirs.values, theirs.error]);
    expect(storyOf(ours)).toEqual(storyOf(theirs));
  });

  it('in a first step, before the one behind it has begun', async () => {
    const func = (): string => {
      throw down;
    };
    const ours = ourOutcome(lambda(func).pipe(lambda((q: string) => q)), 'x');
    const next = new LangChainLambda({ func: (q: string) => q });
    const theirs = await theirOutcome(new LangChainLambda({ func }).pipe(next), 'x');
    expect([ours.values, ours.error]).toEqual([theirs.values, theirs.error]);
    expect(storyOf(ours)).toEqual(storyOf(theirs));
  });

  describe('and has a fallback', () => {
    it.each([
      ['before anything is emitted, is answered by it', []],
      ['later, fails', ['he', 'llo']],
    ])('%s', async (_, texts) => {
      const ours = ourOutcome(withFallbacks(failing(...texts), [saying('FALL', 'BACK')]), 'x');
      const fallbacks = [new LangChainStream('FALL', 'BACK')];
      const theirs = await theirOutcome(
        failingOfTheirs(...texts).withFallbacks({ fallbacks }),
        'x',
      );
      expect([textsOf(ours.values), ours.error]).toEqual([textsOf(theirs.values), theirs.error]);
      expect(storyOf(ours)).toEqual(storyOf(theirs));
    });

    it('in a chain', async () => {
      const chain = withFallbacks(failing(), [saying('FALL', 'BACK')]).pipe(
        new StringOutputParser(),
      );
      const chainOfTheirs = failingOfTheirs()
        .withFallbacks({ fallbacks: [new LangChainStream('FALL', 'BACK')] })
        .pipe(new LangChainParser());
      const ours = ourOutcome(chain, 'x');
      const theirs = await theirOutcome(chainOfTheirs, 'x');
      expect([ours.values, ours.error]).toEqual([theirs.values, theirs.error]);
    });
  });

  describe('and is tried again', () => {
    it('after it has emitted: no sooner than LangChain, which never does while it streams', async () => {
      const ours = ourOutcome(withRetry(failing('he', 'llo'), { delay: 0 }), 'x');
      const theirs = await theirOutcome(failingOfTheirs('he', 'llo').withRetry(), 'x');
      expect([textsOf(ours.values), ours.error]).toEqual([textsOf(theirs.values), theirs.error]);
    });

    it('before it has emitted, where LangChain only does so when it is invoked', async () => {
      let calls = 0;
      const flaky = new FakeStream(() => {
        calls += 1;
        return calls < 3 ? throwError(() => down) : ['ok'];
      });
      const chunks$ = withRetry(flaky, { delay: 0 }).stream$('x');
      expect([textsOf(await lastValueFrom(chunks$.pipe(toArray()))), calls]).toEqual([['ok'], 3]);
      await expect(theirOutcome(failingOfTheirs().withRetry(), 'x')).resolves.toMatchObject({
        error: down,
      });
    });
  });
});
