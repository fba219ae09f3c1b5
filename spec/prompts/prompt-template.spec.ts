import { PromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, toArray } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  PromptTemplate,
  type RunnableSequence,
  StringPromptValue,
} from 'rxlm';
import { type TemplateValue } from '../../lib/prompts/template-variables.js';
import { comparableRuns, langChainRuns, LangChainStream, plainData } from '../support/langchain';
import { saying } from '../support/models';

const template = 'A song about {topic}, in {{curly}} braces, {n} verses';
const prompt = PromptTemplate.fromTemplate(template);
const values = { topic: 'goldfish on the {moon}', n: 1 };

describe('PromptTemplate', () => {
  it('gives the text with the values in it', async () => {
    expect(prompt.inputVariables).toEqual(['topic', 'n']);
    expect(await prompt.invoke(values)).toEqual(
      new StringPromptValue('A song about goldfish on the {moon}, in {curly} braces, 1 verses'),
    );
  });

  it.each([[values], [{ topic: { a: ['b'] }, n: null, other: 'x' }], [{ topic: 'x"y', n: true }]])(
    'gives of %p what LangChain gives',
    async (given) => {
      const theirs = await LangChainPrompt.fromTemplate(template).invoke(given);
      expect(plainData(await prompt.invoke(given))).toEqual(plainData(theirs));
    },
  );

  it('[7] reports what LangChain reports, alone and before a model', async () => {
    const theirs = LangChainPrompt.fromTemplate(template);
    const alone = await lastValueFrom(prompt.events$(values).pipe(toArray()));
    expect(comparableRuns(alone)).toEqual(await langChainRuns(theirs, values as never));

    const chain$ = prompt.pipe(saying('gold', 'fish')).events$(values).pipe(toArray());
    expect(comparableRuns(await lastValueFrom(chain$))).toEqual(
      await langChainRuns(theirs.pipe(new LangChainStream('gold', 'fish')), values as never),
    );
  });

  it('knows its variables as types', () => {
    expectTypeOf<Parameters<typeof prompt.invoke>[0]>().toEqualTypeOf<{
      topic: TemplateValue;
      n: TemplateValue;
    }>();
    expectTypeOf<Parameters<(typeof half)['invoke']>[0]>().toEqualTypeOf<{
      topic: TemplateValue;
    }>();
    const half = prompt.partial({ n: () => 2 });
    expectTypeOf<
      Parameters<ReturnType<typeof PromptTemplate.fromTemplate<string>>['invoke']>[0]
    >().toEqualTypeOf<Record<string, TemplateValue>>();
    expectTypeOf(half.pipe(saying())).toEqualTypeOf<
      RunnableSequence<{ topic: TemplateValue }, AIMessage, AIMessageChunk>
    >();
  });

  it('does not compile with a variable missing or unknown', () => {
    // @ts-expect-error n is missing
    expect(() => prompt.stream$({ topic: 'x' })).toThrow('"n"');
    // @ts-expect-error nothing is called so
    expect(() => prompt.partial({ m: 1 })).toThrow('"m"');
    // @ts-expect-error undefined is no value
    expect(() => prompt.stream$({ topic: 'x', n: undefined })).toThrow('"n"');
  });
});
