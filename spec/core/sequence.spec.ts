import { expectTypeOf } from 'expect-type';
import { concat, EMPTY, NEVER, of, Subject, throwError } from 'rxjs';
import {
  AIMessage,
  type AIMessageChunk,
  lambda,
  type MessagesInput,
  type Runnable,
  RunnableSequence,
} from 'rxlm';
import { runSequence$ } from '../../lib/core/sequence.js';
import { RunInput } from '../../lib/core/run-input.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';
import { Capitals, OnChunks } from '../support/runnables.js';

const ask = lambda(({ about }: { about: string }) => `a song about ${about}`, { name: 'ask' });
const chain = ask.pipe(saying('gold', 'fish')).pipe(new Capitals());

describe('a sequence', () => {
  it('gives the chunks of its last step, its whole, and takes what its first takes', async () => {
    expect(watch(chain.stream$({ about: 'fish' })).values).toEqual(['GOLD', 'FISH']);
    expect(await chain.invoke({ about: 'fish' })).toBe('GOLDFISH');
    expect([chain.takes, new Capitals().pipe(saying('a')).takes]).toEqual(['whole', 'chunks']);
  });

  it('[7] [8] is reported as a tree, in the order of Python', () => {
    const { events, story } = recordRun(chain, { about: 'fish' });
    expect(story()).toEqual([
      'chain_start RunnableSequence',
      'chain_start ask',
      'chain_stream ask',
      'chain_end ask',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'parser_start Capitals',
      'parser_stream Capitals',
      'chain_stream RunnableSequence',
      'chat_model_stream FakeStream',
      'parser_stream Capitals',
      'chain_stream RunnableSequence',
      'chat_model_end FakeStream',
      'parser_end Capitals',
      'chain_end RunnableSequence',
    ]);
    expect(faultsOf(events)).toEqual([]);
  });

  it('[7] reports the input and output of each step, and the raw input of the root once', () => {
    const { events } = recordRun(chain, { about: 'fish' });
    const data = (name: string, phase: string) =>
      events.find((e) => e.name === name && e.event.endsWith(phase))!.data;
    const messages = [[expect.objectContaining({ type: 'human', content: 'a song about fish' })]];
    const message = expect.objectContaining({ type: 'ai', content: 'goldfish' });
    expect(data('RunnableSequence', 'start')).toEqual({ input: { about: 'fish' } });
    expect(data('RunnableSequence', 'end')).toEqual({ output: 'GOLDFISH' });
    expect(data('ask', 'end')).toEqual({ output: 'a song about fish', input: { about: 'fish' } });
    expect(data('FakeStream', 'start')).toEqual({ input: { messages } });
    expect(data('FakeStream', 'end')).toEqual({ output: message, input: { messages } });
    expect(data('Capitals', 'start')).toEqual({});
    expect(data('Capitals', 'end')).toEqual({ output: 'GOLDFISH', input: message });
  });

  it('[9] [10] names each step’s place by a tag of its own', () => {
    const { events } = recordRun(chain, { about: 'fish' }, { tags: ['t'] });
    const tags = Object.fromEntries(events.map(({ name, tags: own }) => [name, [...own].sort()]));
    expect(tags).toEqual({
      RunnableSequence: ['t'],
      ask: ['seq:step:1', 't'],
      FakeStream: ['seq:step:2', 't'],
      Capitals: ['seq:step:3', 't'],
    });
  });

  it('is one sequence however it was put together', () => {
    const other = ask.pipe(saying('gold', 'fish').pipe(new Capitals()));
    expect(other.steps).toHaveLength(3);
    expect(recordRun(other, { about: 'x' }).story()).toEqual(
      recordRun(chain, { about: 'x' }).story(),
    );
  });

  it('[8] begins a step that takes the whole when all before it is there, others at once', () => {
    const words$ = new Subject<string>();
    const run = recordRun(
      lambda(() => words$)
        .pipe(new Capitals())
        .pipe(lambda((all: string) => all.length, { name: 'count' })),
      'q',
    );
    words$.next('gold');
    expect(run.story()).toContain('parser_stream Capitals');
    expect(run.story()).not.toContain('chain_start count');
    words$.next('fish');
    words$.complete();
    expect(run.values).toEqual([8]);
  });

  it('[3] [4] fails with the first step that fails: open steps fail with it, others never begin', () => {
    const broken = new Error('broken');
    const failing = new FakeStream(() =>
      concat(
        of('gold'),
        throwError(() => broken),
      ),
    );
    const run = recordRun(
      ask
        .pipe(failing)
        .pipe(new Capitals())
        .pipe(lambda((s: string) => s, { name: 'last' })),
      { about: 'fish' },
    );
    expect(run.ended).toEqual({ error: broken });
    expect(run.story().slice(-3)).toEqual([
      'chat_model_error FakeStream',
      'parser_error Capitals',
      'chain_error RunnableSequence',
    ]);
    expect(run.story()).not.toContain('chain_start last');
    expect(run.events.at(-2)!.data).toMatchObject({ output: 'GOLD', input: { content: 'gold' } });
  });

  it('[2] [3] cancels all open steps, the ones before first', () => {
    const endless = new FakeStream(() => concat(of('gold'), NEVER));
    const run = recordRun(ask.pipe(endless).pipe(new Capitals()), { about: 'fish' });
    run.leave();
    expect(run.story().slice(-3)).toEqual([
      'chat_model_cancel FakeStream',
      'parser_cancel Capitals',
      'chain_cancel RunnableSequence',
    ]);
  });

  it('gives nothing where a step gives nothing to begin with', () => {
    const run = recordRun(
      lambda((): string => EMPTY as never).pipe(lambda((s: string) => s, { name: 'never' })),
      'q',
    );
    expect(run).toMatchObject({ values: [], ended: 'complete' });
    expect(run.story()).not.toContain('chain_start never');
  });

  it('[1] runs anew for each subscription', () => {
    let calls = 0;
    const counted$ = lambda(() => ++calls)
      .pipe(lambda((n: number) => n * 10))
      .stream$('q');
    expect([watch(counted$).values, watch(counted$).values]).toEqual([[10], [20]]);
  });

  it('hands on an input that is still arriving, as it arrives', () => {
    const before$ = new Subject<string>();
    const both = new Capitals().pipe(new Capitals());
    const out = watch(
      runSequence$(both, both.steps, new RunInput(before$, new Capitals().fold), {}),
    );
    before$.next('a');
    expect(out.values).toEqual(['A']);
  });

  it('is a runnable by class, too', () => {
    expect(chain).toBeInstanceOf(RunnableSequence);
    expect(chain.name).toBe('RunnableSequence');
  });
});

describe('pipe', () => {
  it('throws a TypeError for what is no runnable, and says what to do', () => {
    const wrong = (value: unknown) => () => ask.pipe(value as Runnable<unknown, unknown>);
    expect(wrong((s: string) => s)).toThrow(
      'pipe takes a runnable, got function (anonymous). Wrap a function in lambda(fn), an object in parallel({ … }), RxJS operators in step(…)',
    );
    expect(wrong(undefined)).toThrow(TypeError);
    expect(wrong(of(1))).toThrow(TypeError);
  });

  it('infers input, output and chunk', () => {
    expectTypeOf(ask.pipe(saying('a'))).toExtend<
      Runnable<{ about: string }, AIMessage, AIMessageChunk>
    >();
    expectTypeOf(chain.invoke({ about: 'fish' })).resolves.toEqualTypeOf<string>();
    expectTypeOf(saying('a').invoke('q')).resolves.toEqualTypeOf<AIMessage>();
    expectTypeOf(
      ask.pipe(lambda((s) => s.length)).invoke({ about: '' }),
    ).resolves.toEqualTypeOf<number>();
  });

  it('compiles in the right order alone', () => {
    const question = lambda((q: string) => ({ q }));
    const needsMore = lambda(({ q, r }: { q: string; r: string }) => q + r);
    const needsLess = lambda(({ q }: { q: string }) => q);
    question.pipe(needsLess);
    // @ts-expect-error -- `r` is missing
    question.pipe(needsMore);
    // @ts-expect-error -- a text is no question
    question.pipe(saying('a')).pipe(needsLess);
    // @ts-expect-error -- a model takes messages, not numbers
    lambda(() => 7).pipe(saying('a'));
    // @ts-expect-error -- the wrong way round
    needsLess.pipe(question).pipe(lambda((n: number) => n));
    // @ts-expect-error -- an input of another type
    void question.invoke(7).catch(() => undefined);
    const strict: Runnable<{ q: string; r: string }, unknown> = needsLess;
    // @ts-expect-error -- an input may be wider, never narrower
    const loose: Runnable<{ q: string }, unknown> = needsMore;
    // @ts-expect-error -- an output may be narrower, never wider
    const narrow: Runnable<string, { q: string; r: string }> = question;
    expect([strict, loose, narrow]).toHaveLength(3);
    expectTypeOf<Parameters<FakeStream['invoke']>[0]>().toEqualTypeOf<MessagesInput>();
    expect(new OnChunks<string>(() => of('a')).pipe(needsLess as never)).toBeDefined();
  });
});
