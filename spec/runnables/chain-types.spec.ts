import { expectTypeOf } from 'expect-type';
import {
  type AIMessage,
  branch,
  ChatPromptTemplate,
  lambda,
  parallel,
  pick,
  type Runnable,
  RunnableEach,
  RunnablePassthrough,
  runTools,
  StringOutputParser,
  tool,
  type ToolMessage,
  withConfig,
  withFallbacks,
  withRetry,
  withStructuredOutput,
} from 'rxlm';
import { z } from 'zod';
import { saying } from '../support/models';
import { ScriptedModel } from '../support/scripted-model';

/** The types of whole chains; those of each part are in its own spec. */
const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'You are {mood}.'],
  ['human', '{question}'],
]);
const answer = prompt.pipe(saying('Yes.')).pipe(new StringOutputParser());
const input = { mood: 'terse', question: 'Why?' };
const weather = tool({
  name: 'weather',
  schema: z.object({ city: z.string() }),
  func: ({ city }) => city.length,
});
const recipe = z.object({ title: z.string(), steps: z.array(z.string()) });

describe('a chain', () => {
  it('takes what its first step takes and gives what its last one gives', async () => {
    expectTypeOf(answer.stream$).parameter(0).toExtend<{ mood: unknown; question: unknown }>();
    expectTypeOf(answer.invoke(input)).resolves.toEqualTypeOf<string>();
    expect(await answer.invoke(input)).toBe('Yes.');
    const both = parallel({ answer, question: (given: typeof input) => given.question.length });
    const chain = both.pipe(
      RunnablePassthrough.assign({ all: ({ answer: text }: { answer: string }) => [text] }),
    );
    expectTypeOf(chain.invoke(input)).resolves.branded.toEqualTypeOf<{
      answer: string;
      question: number;
      all: string[];
    }>();
    expectTypeOf(chain.pipe(pick('all')).invoke(input)).resolves.toEqualTypeOf<string[]>();
    expect(await chain.pipe(pick('all')).invoke(input)).toEqual(['Yes.']);
  });

  it('knows what wrappers, agents, tools and structured output give', async () => {
    const wrapped = withRetry(withConfig(withFallbacks(answer, [answer]), { tags: ['on'] }));
    expectTypeOf(wrapped.invoke(input)).resolves.toEqualTypeOf<string>();
    const either = branch([({ mood }: typeof input) => mood === 'terse', answer], () => 7);
    expectTypeOf(either.invoke(input)).resolves.toEqualTypeOf<string | number>();
    expectTypeOf(new RunnableEach(answer).invoke([input])).resolves.toEqualTypeOf<string[]>();
    const agent = prompt.pipe(runTools(new ScriptedModel(['Hi']), [weather])).pipe(pick('output'));
    expectTypeOf(agent.invoke(input)).resolves.toEqualTypeOf<AIMessage>();
    const structured = prompt.pipe(withStructuredOutput(saying('{}'), recipe));
    expectTypeOf(structured.invoke).returns.resolves.toEqualTypeOf<z.infer<typeof recipe>>();
    const asked = lambda((city: string) => ({ city })).pipe(weather);
    expectTypeOf(asked.invoke('Graz')).resolves.toEqualTypeOf<number | ToolMessage>();
    expect(await asked.invoke('Graz')).toBe(4);
  });

  it('compiles with its steps in order alone', () => {
    const question = lambda((q: string) => ({ question: q }));
    const city = lambda((c: number) => ({ city: c }));
    const wrong: unknown[] = [
      // @ts-expect-error -- a parser gives text, and a prompt takes an object
      new StringOutputParser().pipe(prompt),
      // @ts-expect-error -- the mood is missing
      question.pipe(prompt),
      // @ts-expect-error -- the mood is missing, however the chain is wrapped
      question.pipe(withRetry(answer)),
      // @ts-expect-error -- the same
      question.pipe(withConfig(answer, {})),
      // @ts-expect-error -- the same
      question.pipe(withFallbacks(answer, [])),
      // @ts-expect-error -- the same
      question.pipe(parallel({ answer })),
      // @ts-expect-error -- the same
      question.pipe(branch([() => true, answer], answer)),
      // @ts-expect-error -- an agent takes messages, not objects
      question.pipe(runTools(saying('Hi'), [weather])),
      // @ts-expect-error -- structured output takes messages, not numbers
      lambda(() => 7).pipe(withStructuredOutput(saying('{}'), recipe)),
      // @ts-expect-error -- a city is a text
      city.pipe(weather),
      // @ts-expect-error -- an answer is no recipe
      withStructuredOutput(saying('{}'), recipe).pipe(lambda(({ text }: { text: string }) => text)),
      // @ts-expect-error -- each takes an array
      question.pipe(new RunnableEach(answer)),
    ];
    // @ts-expect-error -- an object that says no role is no message: the prompt has been forgotten
    wrong.push(question.pipe(saying('Hi')));
    expect(wrong).toHaveLength(13);
    // @ts-expect-error -- an input may be wider, never narrower, in a wrapper, too
    const loose: Runnable<{ question: string }, string> = withRetry(answer);
    // @ts-expect-error -- a variable is missing
    expect(() => answer.stream$({ mood: 'terse' })).toThrow('"question"');
    // @ts-expect-error -- a text is no object of variables
    expect(() => loose.stream$('Why?')).toThrow(TypeError);
  });
});
