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
  PromptTemplate,
  type RunnableSequence,
  type RunnableLambda,
  lambda,
  SystemMessage,
} from 'rxlm';
import { type TemplateValue } from '../../lib/prompts/template-variables.js';
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

  it('[7] [10] reports what LangChain reports, alone and before a model', async () => {
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

describe('a prompt within a prompt', () => {
  const persona = ChatPromptTemplate.fromMessages([
    ['system', 'You are {mood}.'],
    ['placeholder', '{examples}'],
  ]);

  it('is its messages, and asks for its variables', async () => {
    const outer = ChatPromptTemplate.fromMessages([persona, ['human', '{question}'], persona]);
    expectTypeOf<Parameters<typeof outer.invoke>[0]>().toEqualTypeOf<{
      question: TemplateValue;
      mood: TemplateValue;
      examples?: MessagesInput | undefined;
    }>();
    expect(outer.inputVariables).toEqual(['mood', 'examples', 'question']);
    expect(String(await outer.invoke({ mood: 'terse', question: 'Why?' }))).toBe(
      'System: You are terse.\nHuman: Why?\nSystem: You are terse.',
    );
    // @ts-expect-error the inner prompt's mood is missing
    expect(() => outer.stream$({ question: 'Why?' })).toThrow('no value for "mood"');
  });

  it('gives what LangChain gives', async () => {
    const pairs = [['system', 'You are {mood}.'] as const];
    const question = ['human', '{question} {{}}'] as const;
    const ours = ChatPromptTemplate.fromMessages([
      ChatPromptTemplate.fromMessages(pairs),
      question,
    ]);
    const reference = LangChainPrompt.fromMessages([
      await LangChainPrompt.fromMessages([['system', 'You are {mood}.']]).partial({
        mood: 'terse',
      }),
      ['human', '{question} {{}}'],
    ]);
    const half = ChatPromptTemplate.fromMessages([
      ChatPromptTemplate.fromMessages(pairs).partial({ mood: 'terse' }),
      question,
    ]);
    for (const given of [{ question: 'Why?' }, { question: 'Why?', mood: 'kind' }]) {
      const theirMessages = plainData((await reference.invoke(given)).messages);
      expect(plainData((await half.invoke(given)).messages)).toEqual(theirMessages);
      const whole = { mood: 'terse', ...given };
      expect(plainData((await ours.invoke(whole)).messages)).toEqual(theirMessages);
    }
    const theirEvents = await langChainRuns(reference, { question: 'Why?' }, {});
    const events = await lastValueFrom(half.events$({ question: 'Why?' }).pipe(toArray()));
    expect(comparableRuns(events)).toEqual(theirEvents);
  });

  it('keeps partial variables of its own, values, functions and promises', async () => {
    const mood = jest.fn(() => Promise.resolve('kind'));
    const outer = ChatPromptTemplate.fromMessages([
      persona.partial({ mood: 'terse' }),
      persona.partial({ mood }),
      ['human', '{mood}'],
    ]);
    expect(outer.inputVariables).toEqual(['examples', 'mood']);
    const alone = ChatPromptTemplate.fromMessages([
      persona.partial({ mood: 'terse' }),
      persona.partial({ mood, examples: [['ai', 'Hm.']] }),
    ]);
    expectTypeOf<Parameters<typeof alone.invoke>[0]>().toEqualTypeOf<{
      examples?: MessagesInput | undefined;
    }>();
    const twice = ChatPromptTemplate.fromMessages([alone, ['human', 'x'], alone]);
    expect(mood).not.toHaveBeenCalled();
    const once = 'System: You are terse.\nSystem: You are kind.\nAI: Hm.';
    expect(String(await twice.invoke({}))).toBe(`${once}\nHuman: x\n${once}`);
    expect(mood).toHaveBeenCalledTimes(1);
    // The outer prompt's value counts before them.
    expect(String(await outer.partial({ mood: 'grim' }).invoke({}))).toBe(
      'System: You are grim.\nSystem: You are grim.\nHuman: grim',
    );
  });

  it('may be a text: a human message, or the content of a pair', async () => {
    const rules = PromptTemplate.fromTemplate('Be {mood} about {topic}.').partial({
      mood: 'terse',
    });
    const outer = ChatPromptTemplate.fromMessages([
      ['system', rules],
      { role: 'ai', content: rules as never },
      rules,
      ['human', '{question}'],
    ]);
    const typed = ChatPromptTemplate.fromMessages([['system', rules], rules, ['human', '{why}']]);
    expectTypeOf<Parameters<typeof typed.invoke>[0]>().toEqualTypeOf<{
      topic: TemplateValue;
      why: TemplateValue;
    }>();
    expect(String(await outer.invoke({ topic: '{x}', question: 'Why?' }))).toBe(
      'System: Be terse about {x}.\nAI: Be terse about {x}.\nHuman: Be terse about {x}.\nHuman: Why?',
    );
    expect(typed.inputVariables).toEqual(['topic', 'why']);
    expect(() => ChatPromptTemplate.fromMessages([['system', persona as never]])).toThrow(
      'got a ChatPromptTemplate. Put that among the messages instead',
    );
    expect(() => ChatPromptTemplate.fromMessages([['robot', rules]])).toThrow(/role must be/);
  });

  it('does not take other runnables', () => {
    expect(() => ChatPromptTemplate.fromMessages([saying('x') as never])).toThrow(
      new TypeError(
        'of runnables only a ChatPromptTemplate or a PromptTemplate may stand in a prompt, got FakeStream',
      ),
    );
  });
});
