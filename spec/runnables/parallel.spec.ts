import { expectTypeOf } from 'expect-type';
import { concat, firstValueFrom, map, NEVER, of, take, throwError, timer } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  CommaSeparatedListOutputParser,
  lambda,
  parallel,
  type Runnable,
  RunnablePassthrough,
  StringOutputParser,
} from 'rxlm';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';
import { Capitals, OnChunks } from '../support/runnables.js';

const upper = (q: string) => q.toUpperCase();

describe('parallel', () => {
  it('gives the output of each branch under its key, in the order of the branches', async () => {
    const both = parallel({ late: lambda((q: string) => timer(1).pipe(map(() => q))), upper });
    const output = await both.invoke('hi');
    expect(output).toStrictEqual({ late: 'hi', upper: 'HI' });
    expect(Object.keys(output)).toEqual(['late', 'upper']);
  });

  it('emits the chunks of each as they come', () => {
    marbles(({ cold, expectObservable }) => {
      const a = new FakeStream(() => cold('-x---y-|')).pipe(new Capitals());
      const b = lambda(() => cold('        ---1|'));
      expectObservable(parallel({ a, b }).stream$('q')).toBe('-a-b-c-|', {
        a: { a: 'X' },
        b: { b: '1' },
        c: { a: 'Y' },
      });
    });
  });

  it('folds each key as its branch does', async () => {
    const model = saying('gold,', 'fish');
    const all = parallel({
      message: model,
      text: model.pipe(new StringOutputParser()),
      list: model.pipe(new CommaSeparatedListOutputParser()),
      count: lambda(() => of('a', 'b'), { fold: (chunks$) => chunks$.pipe(map((_, i) => i + 1)) }),
    });
    expect(await all.invoke('q')).toMatchObject({
      message: { content: 'gold,fish', type: 'ai' },
      text: 'gold,fish',
      list: ['gold', 'fish'],
      count: 2,
    });
    // Whoever folds the chunks, who knows nothing of the branches.
    const passed = lambda((q: string, config) => all.stream$(q, config));
    expect(await passed.invoke('q')).toMatchObject({ text: 'gold,fish', list: ['gold', 'fish'] });
  });

  it('[7] [10] is reported as RunnableMap, each branch with its key', () => {
    const { events, story } = recordRun(parallel({ a: saying('1', '2'), b: upper }), 'hi', {
      tags: ['mine'],
    });
    expect(story()).toEqual([
      'chain_start RunnableMap',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chain_stream RunnableMap',
      'chat_model_stream FakeStream',
      'chain_stream RunnableMap',
      'chat_model_end FakeStream',
      'chain_start RunnableLambda',
      'chain_stream RunnableLambda',
      'chain_stream RunnableMap',
      'chain_end RunnableLambda',
      'chain_end RunnableMap',
    ]);
    const starts = events.filter(({ event }) => event.endsWith('_start'));
    expect(starts.map(({ tags }) => [...tags].sort())).toEqual([
      ['mine'],
      ['map:key:a', 'mine'],
      ['map:key:b', 'mine'],
    ]);
    expect(faultsOf(events)).toEqual([]);
  });

  it('takes chunks if a branch does', () => {
    expect([parallel({ upper }).takes, parallel({ upper, c: new Capitals() }).takes]).toEqual([
      'whole',
      'chunks',
    ]);
  });

  it('[8] begins with the first chunk of the model, and gives the whole to those who take it', () => {
    const chain = saying('a', 'b').pipe(
      parallel({
        capitals: new Capitals(),
        whole: ({ text }: AIMessage) => text,
        same: new RunnablePassthrough<AIMessage>(),
      }),
    );
    const { values, story, events } = recordRun(chain, 'q');
    expect(values.map((chunk) => JSON.parse(JSON.stringify(chunk)) as unknown)).toMatchObject([
      { capitals: 'A' },
      { same: { content: 'a' } },
      { capitals: 'B' },
      { same: { content: 'b' } },
      { whole: 'ab' },
    ]);
    expect(story().slice(0, 5)).toEqual([
      'chain_start RunnableSequence',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chain_start RunnableMap',
      'parser_start Capitals',
    ]);
    expect(story().filter((recorded) => recorded === 'chat_model_start FakeStream')).toHaveLength(
      1,
    );
    expect(faultsOf(events)).toEqual([]);
  });

  it('[2] ends all branches, and what feeds them, with one unsubscribe', () => {
    const endless = new FakeStream(() => concat(of('a'), NEVER));
    const chain = endless.pipe(
      parallel({ one: new Capitals(), other: new Capitals(), whole: (m: AIMessage) => m }),
    );
    const recorded = recordRun(chain, 'q');
    recorded.leave();
    expect(recorded.story().slice(-5)).toEqual([
      'parser_cancel Capitals',
      'parser_cancel Capitals',
      'chat_model_cancel FakeStream',
      'chain_cancel RunnableMap',
      'chain_cancel RunnableSequence',
    ]);
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('[2] stops a synchronous model when nobody wants more', () => {
    let last = '';
    const model = new FakeStream(function* () {
      for (const text of 'abcdef') yield (last = text);
    });
    const chain = model.pipe(parallel({ one: new Capitals(), other: new Capitals() }));
    expect(watch(chain.stream$('q').pipe(take(3))).values).toEqual([
      { one: 'A' },
      { other: 'A' },
      { one: 'B' },
    ]);
    expect(last).toBe('b');
  });

  it('unsubscribes from the model when all branches are done', () => {
    const endless = new FakeStream(() => concat(of('a'), NEVER));
    const first = () => new OnChunks((chunks$) => chunks$.pipe(take(1)));
    const recorded = recordRun(endless.pipe(parallel({ one: first(), other: first() })), 'q');
    expect(recorded.ended).toBe('complete');
    expect(recorded.story()).toContain('chat_model_cancel FakeStream');
  });

  it('[3] fails with the first branch that does, and cancels the others', () => {
    const broken = lambda(() => throwError(() => new Error('broken')));
    const recorded = recordRun(parallel({ endless: lambda(() => NEVER), broken }), 'q');
    expect(recorded.ended).toEqual({ error: new Error('broken') });
    expect(recorded.story()).toEqual([
      'chain_start RunnableMap',
      'chain_start RunnableLambda',
      'chain_start RunnableLambda',
      'chain_error RunnableLambda',
      'chain_cancel RunnableLambda',
      'chain_error RunnableMap',
    ]);
  });

  it('checks the input as its branches do', () => {
    expect(() => parallel({ upper, model: saying('a') }).stream$(7 as never)).toThrow(TypeError);
  });

  it('of nothing is an empty object', async () => {
    expect(await parallel({}).invoke('q')).toEqual({});
  });

  it('[9] does not hand on its run id', () => {
    const { events } = recordRun(parallel({ a: upper, b: upper }), 'q', { runId: 'mine' });
    const ids = events.filter(({ event }) => event.endsWith('_start')).map((e) => e.run_id);
    expect([new Set(ids).size, ids[0]]).toEqual([3, 'mine']);
  });

  it.each([
    [7, 'parallel takes an object of branches by key, got 7'],
    [null, 'parallel takes an object of branches by key, got null'],
    [{ a: 'text' }, 'branch "a" must be a runnable or a function, got "text"'],
  ])('throws a TypeError for %p', (branches, message) => {
    expect(() => parallel(branches as never)).toThrow(new TypeError(message));
  });

  it('has the types of its branches', () => {
    const all = parallel({ n: (q: { a: string }) => q.a.length, m: ({ b }: { b: 1 }) => of(b) });
    type Input = { a: string } & { b: 1 };
    expectTypeOf(all).toExtend<Runnable<Input, { n: number; m: 1 }, { n?: number; m?: 1 }>>();
    const models = parallel({ model: saying('a'), length: (q: string) => q.length });
    expectTypeOf(firstValueFrom(models.stream$('q'))).resolves.toEqualTypeOf<{
      readonly model?: AIMessageChunk;
      readonly length?: number;
    }>();
    expectTypeOf(models.invoke('q')).resolves.toEqualTypeOf<{ model: AIMessage; length: number }>();
    const behind = lambda((q: string) => ({ q })).pipe(parallel({ n: ({ q }) => q.length }));
    expectTypeOf(behind.invoke('q')).resolves.toEqualTypeOf<{ n: number }>();
    // @ts-expect-error -- a branch takes text
    parallel({ upper }).stream$(7);
    // @ts-expect-error -- the step before gives no text
    lambda(() => 7).pipe(parallel({ upper }));
    // @ts-expect-error -- no runnable
    expect(() => parallel({ a: 7 })).toThrow(TypeError);
  });
});
