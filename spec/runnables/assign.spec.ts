import { expectTypeOf } from 'expect-type';
import { firstValueFrom, NEVER, of, take, throwError } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  ChatPromptTemplate,
  JsonOutputParser,
  lambda,
  parallel,
  RunnablePassthrough,
  StringOutputParser,
} from 'rxlm';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';

const shout = ({ q }: { q: string }) => `${q}!`;

describe('RunnableAssign', () => {
  it('gives the object, and then what is assigned to it', async () => {
    const assign = RunnablePassthrough.assign({ m: shout });
    expect(watch(assign.stream$({ q: 'hi' })).values).toEqual([{ q: 'hi' }, { m: 'hi!' }]);
    const output = await assign.invoke({ q: 'hi' });
    expect(output).toStrictEqual({ q: 'hi', m: 'hi!' });
    expect(Object.keys(output)).toEqual(['q', 'm']);
  });

  it('leaves out the keys that it assigns', async () => {
    const assign = RunnablePassthrough.assign({ q: shout });
    expect(watch(assign.stream$({ q: 'hi' })).values).toEqual([{ q: 'hi!' }]);
    expect(await assign.invoke({ q: 'hi' })).toEqual({ q: 'hi!' });
  });

  it('[7] is reported as LangChain reports it', () => {
    const { events, story } = recordRun(RunnablePassthrough.assign({ m: shout }), { q: 'hi' });
    expect(story()).toEqual([
      'chain_start RunnableAssign',
      'chain_stream RunnableAssign',
      'chain_start RunnableMap',
      'chain_start RunnableLambda',
      'chain_stream RunnableLambda',
      'chain_stream RunnableMap',
      'chain_stream RunnableAssign',
      'chain_end RunnableLambda',
      'chain_end RunnableMap',
      'chain_end RunnableAssign',
    ]);
    expect(events.find(({ name }) => name === 'RunnableLambda')?.tags).toEqual(['map:key:m']);
    expect(faultsOf(events)).toEqual([]);
  });

  it('passes on the chunks of a parallel as they come, and those of its own branches', async () => {
    const chain = parallel({ question: new RunnablePassthrough<string>(), draft: saying('a', 'b') })
      .pipe(RunnablePassthrough.assign({ text: ({ draft }: { draft: AIMessage }) => draft.text }))
      .pipe(
        RunnablePassthrough.assign({
          answer: ChatPromptTemplate.fromTemplate('{question} {text}')
            .pipe(saying('c', 'd'))
            .pipe(new StringOutputParser()),
        }),
      );
    const chunks = JSON.parse(JSON.stringify(watch(chain.stream$('q')).values)) as unknown;
    expect(chunks).toMatchObject([
      { question: 'q' },
      { draft: { content: 'a' } },
      { draft: { content: 'b' } },
      { text: 'ab' },
      { answer: 'c' },
      { answer: 'd' },
    ]);
    const output = await chain.invoke('q');
    expect(output).toMatchObject({ draft: { content: 'ab' }, text: 'ab', answer: 'cd' });
    expect(Object.keys(output)).toEqual(['question', 'draft', 'text', 'answer']);
  });

  it('takes JSON that grows, and doubles nothing', async () => {
    const chain = saying('{"title":"gold', 'fish"}')
      .pipe(new JsonOutputParser<{ title: string }>())
      .pipe(RunnablePassthrough.assign({ length: ({ title }: { title: string }) => title.length }));
    expect(watch(chain.stream$('q')).values).toEqual([
      { title: 'gold' },
      { title: 'goldfish' },
      { length: 8 },
    ]);
    expect(await chain.invoke('q')).toEqual({ title: 'goldfish', length: 8 });
  });

  it('[2] ends with one unsubscribe, and stops early', () => {
    const endless = RunnablePassthrough.assign({ a: lambda((_: { q: string }) => NEVER) });
    const recorded = recordRun(endless, { q: 'hi' });
    recorded.leave();
    expect(recorded.story().slice(-3)).toEqual([
      'chain_cancel RunnableLambda',
      'chain_cancel RunnableMap',
      'chain_cancel RunnableAssign',
    ]);
    let calls = 0;
    const counted = RunnablePassthrough.assign({
      a: ({ q }: { q: string }) => q + String((calls += 1)),
    });
    expect(watch(counted.stream$({ q: 'hi' }).pipe(take(1))).values).toEqual([{ q: 'hi' }]);
    expect(calls).toBe(0);
  });

  it('fails as a branch or the input does', () => {
    const broken = new FakeStream(() => throwError(() => new Error('broken')));
    const failing = RunnablePassthrough.assign({ m: lambda((_: object) => 'q').pipe(broken) });
    const { values, ended } = watch(failing.stream$({ q: 1 }));
    expect([values, ended]).toEqual([[{ q: 1 }], { error: new Error('broken') }]);
  });

  it.each([
    ['text', '"text"'],
    [null, 'null'],
    [['q'], 'an array of 1'],
  ])('throws a TypeError for %p', (input, shown) => {
    const assign = RunnablePassthrough.assign({ m: () => 1 });
    const error = new TypeError(`RunnableAssign takes an object, got ${shown}`);
    expect(() => assign.stream$(input as never)).toThrow(error);
    const behind = lambda(() => of(input)).pipe(assign);
    expect(watch(behind.stream$('q')).ended).toEqual({ error });
  });

  it('checks the input as its branches do', () => {
    const assign = RunnablePassthrough.assign({ m: ChatPromptTemplate.fromTemplate('{q}') });
    expect(() => assign.stream$({} as never)).toThrow(/no value for/);
  });

  it('has the types of the object and of its branches', () => {
    const assign = RunnablePassthrough.assign({ q: shout, n: ({ n }: { n: number }) => n });
    expectTypeOf(assign.invoke).parameter(0).toEqualTypeOf<{ q: string } & { n: number }>();
    expectTypeOf(assign.invoke({ q: '', n: 1 })).resolves.toExtend<{ q: string; n: number }>();
    const typed = new RunnablePassthrough<{ q: string; id: number }>().assign({
      m: lambda(shout).pipe(saying('a')),
      upper: (input) => input.q.toUpperCase(),
    });
    expectTypeOf(typed.invoke({ q: '', id: 1 })).resolves.toExtend<{
      q: string;
      id: number;
      m: AIMessage;
      upper: string;
    }>();
    expectTypeOf(firstValueFrom(typed.stream$({ q: '', id: 1 }))).resolves.toExtend<{
      readonly q?: string;
      readonly m?: AIMessageChunk;
    }>();
    // @ts-expect-error -- the object has no such key
    new RunnablePassthrough<{ id: number }>().assign({ m: shout });
  });
});
