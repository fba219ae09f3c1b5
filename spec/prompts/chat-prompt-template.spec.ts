import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { lastValueFrom, toArray } from 'rxjs';
import { ChatPromptTemplate } from 'rxlm';
import { saying } from '../support/models';
import { comparableRuns, langChainRuns, LangChainStream } from '../support/langchain';

it('x', async () => {
  const m = [
    ['system', 'You are {mood}.'],
    ['human', '{question}'],
  ] as const;
  const ours = ChatPromptTemplate.fromMessages(m).pipe(saying('a', 'b'));
  const theirs = LangChainPrompt.fromMessages(m.map(([a, b]) => [a, b] as [string, string])).pipe(
    new LangChainStream('a', 'b'),
  );
  const i = { mood: 'terse', question: 'why' };
  expect(comparableRuns(await lastValueFrom(ours.events$(i).pipe(toArray())))).toEqual(
    await langChainRuns(theirs, i),
  );
});
