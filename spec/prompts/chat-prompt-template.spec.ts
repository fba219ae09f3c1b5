import {
  ChatPromptTemplate as LangChainPrompt,
  MessagesPlaceholder as LangChainPlaceholder,
} from '@langchain/core/prompts';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, toArray } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  ChatPromptTemplate,
  ChatPromptValue,
  HumanMessage,
  MessagesPlaceholder,
  type MessagesInput,
  type RunnableSequence,
  type RunnableLambda,
  lambda,
  SystemMessage,
  type TemplateValue,
} from 'rxlm';
import { comparableRuns, langChainRuns, LangChainStream, plainData } from '../support/langchain';
import { saying } from '../support/models';

const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'You are {mood}, {{and}} {mood}.'],
  new MessagesPlaceholder('history'),
  ['placeholder', '{examples}'],
  { role: 'user', content: '{question}' },
  new HumanMessage('{not a template}'),
]);
const theirs = LangChainPrompt.fromMessages([
  ['system', 'You are {mood}, {{and}} {mood}.'],
  new LangChainPlaceholder('history'),
  ['placeholder', '{examples}'],
  { role: 'user', content: '{question}' },
]);
const values = {
  mood: 'terse',
  question: 'What is {this}?',
  history: [['human', 'Hi {you}'] as const, { role: 'assistant', content: 'Hello' }],
};

describe('ChatPromptTemplate', () => {
  it('gives the messages with the values in them', async () => {
    const value = await prompt.invoke(values);
    expect(value).toBeInstanceOf(ChatPromptValue);
    expect(String(value)).toBe(
      'System: You are terse, {and} terse.\nHuman: Hi {you}\nAI: Hello\nHuman: What is {this}?\nHuman: {not a template}',
    );
    expect(prompt.inputVariables).toEqual(['mood', 'history', 'examples', 'question']);
  });

  it('gives the same for each run, and shares nothing that changes', async () => {
    expect(await prompt.invoke(values)).toEqual(await prompt.invoke(values));
    const other = await prompt.invoke({ ...values, mood: 'kind' });
    expect(other.messages[0]?.text).toBe('You are kind, {and} kind.');
  });

  it.each([
    [values],
    [{ ...values, examples: [['ai', 'x']] as const, mood: 7, history: [] }],
    [{ ...values, history: 'Hi', mood: { a: 'b' } }],
  ])('gives of %p what LangChain gives', async (given) => {
    const ours = await prompt.invoke(given);
    const { messages } = await theirs.invoke(given);
    expect(plainData(ours.messages.slice(0, -1))).toEqual(plainData(messages));
  });

  it('[7] [10] tells what LangChain tells, alone and before a model', async () => {
    const config = { tags: ['t'], metadata: { m: 1 } };
    const pairs = [
      ['system', 'You are {mood}.'],
      ['human', '{question}'],
    ] as const;
    const mine = ChatPromptTemplate.fromMessages(pairs);
    const reference = LangChainPrompt.fromMessages(pairs.map(([role, text]) => [role, text]));
    const given = { mood: 'terse', question: 'Why?', other: 1 };

    const alone = await lastValueFrom(mine.events$(given, config).pipe(toArray()));
    expect(comparableRuns(alone)).toEqual(await langChainRuns(reference, given, config));
    expect(alone.map(({ event }) => event)).toEqual(['on_prompt_start', 'on_prompt_end']);

    const chain$ = mine.pipe(saying('gold', 'fish')).events$(given, config).pipe(toArray());
    expect(comparableRuns(await lastValueFrom(chain$))).toEqual(
      await langChainRuns(reference.pipe(new LangChainStream('gold', 'fish')), given, config),
    );
  });

  it('takes blocks as LangChain does', async () => {
    const content = [
      { type: 'text', text: 'What is {this}?' },
      { type: 'image_url', image_url: { url: '{url}', detail: 'low' } },
      { type: 'image', source: { type: 'base64', data: '{data}' } },
    ];
    const given = { this: '{that}', url: 'https://x', data: 'AA==' };
    const ours = await ChatPromptTemplate.fromMessages([['human', content]]).invoke(given);
    const { messages } = await LangChainPrompt.fromMessages([['human', content as never]]).invoke(
      given,
    );
    expect(plainData(ours.messages)).toEqual(plainData(messages));
  });

  it('may be one human message', async () => {
    const one = ChatPromptTemplate.fromTemplate('{a}{{b}}');
    expectTypeOf<Parameters<typeof one.invoke>[0]>().toEqualTypeOf<{ a: TemplateValue }>();
    expect(await one.invoke({ a: 'x' })).toEqual(new ChatPromptValue([new HumanMessage('x{b}')]));
  });

  it('takes messages and functions beforehand', async () => {
    const given = prompt.partial({ history: [['human', 'Hi']], mood: () => 'kind' });
    expectTypeOf<Parameters<typeof given.invoke>[0]>().toEqualTypeOf<{
      question: TemplateValue;
      examples?: MessagesInput | undefined;
    }>();
    expect(given.inputVariables).toEqual(['examples', 'question']);
    const { messages } = await given.invoke({ question: 'Why?' });
    expect(messages.slice(0, 2)).toEqual([
      new SystemMessage('You are kind, {and} kind.'),
      new HumanMessage('Hi'),
    ]);
  });

  it('goes before a model and after what has its variables', async () => {
    const terse = ChatPromptTemplate.fromMessages([['human', '{mood} {question}']]);
    const chain = terse.pipe(saying('ok'));
    expectTypeOf(chain).toEqualTypeOf<
      RunnableSequence<{ mood: TemplateValue; question: TemplateValue }, AIMessage, AIMessageChunk>
    >();
    const first: RunnableLambda<string, { mood: string; question: string; more: number }> = lambda(
      (question: string) => ({ mood: 'terse', question, more: 1 }),
    );
    expect((await first.pipe(chain).invoke('Why?')).text).toBe('ok');
    const other = lambda(() => ({ question: 'Why?' }));
    // @ts-expect-error its output has no mood
    await expect(other.pipe(terse).invoke('')).rejects.toThrow('no value for "mood"');
  });

  it('does not compile with a variable missing or messages that are none', async () => {
    // @ts-expect-error history is missing
    expect(() => prompt.stream$({ mood: 'terse', question: 'Why?' })).toThrow('"history"');
    // @ts-expect-error a number is no message
    await expect(prompt.invoke({ ...values, history: 42 })).rejects.toThrow('"history" must be');
  });

  it.each<[unknown, RegExp]>([
    [undefined, /^messages must be an array, got undefined$/],
    ['Hi', /^messages must be an array, got "Hi"$/],
    [[['human', '{']], /\{ at position 0/],
    [[['robot', 'Hi']], /role must be/],
  ])('does not take %p', (messages, message) => {
    expect(() => ChatPromptTemplate.fromMessages(messages as never)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }),
    );
  });
});
