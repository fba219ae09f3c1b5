import { expectTypeOf } from 'expect-type';
import { concat, EMPTY, from, map, NEVER, Observable, of, reduce, throwError } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  CommaSeparatedListOutputParser,
  lambda,
  parallel,
  type Runnable,
  RunnableEach,
  RunnableLambda,
} from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { FakeStream, saying } from '../support/models.js';
import { record, recordRun, watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');

async function* words(): AsyncGenerator<string> {
  yield 'gold';
  yield 'fish';
}

async function chunksOf<I, C>(runnable: Runnable<I, unknown, C>, input: I): Promise<C[]> {
  const all: C[] = [];
  for await (const chunk of runnable.stream(input)) all.push(chunk);
  return all;
}

describe('lambda', () => {
  it.each<[string, () => unknown, unknown[], unknown]>([
    ['a value', () => 'goldfish', ['goldfish'], 'goldfish'],
    ['undefined', () => undefined, [undefined], undefined],
    ['an array, which is a value', () => ['a', 'b'], [['a', 'b']], ['a', 'b']],
    ['a promise', () => Promise.resolve(7), [7], 7],
    ['an Observable', () => of('gold', 'fish'), ['gold', 'fish'], 'goldfish'],
    ['an async iterable', words, ['gold', 'fish'], 'goldfish'],
    ['a runnable', () => lambda((q: string) => of(q, '!')), ['q', '!'], 'q!'],
    ['a promise of an Observable', async () => of('gold', 'fish'), ['gold', 'fish'], 'goldfish'],
    ['a promise of a runnable', async () => lambda((q: string) => q), ['q'], 'q'],
    ['a function, which is a value', () => words, [words], words],
  ])('emits what %s stands for', async (_, fn, chunks, whole) => {
    expect(await chunksOf(lambda(fn), 'q')).toEqual(chunks);
    expect(await lambda(fn).invoke('q')).toEqual(whole);
  });

  it('is called once for each run, with the whole input', () => {
    const fn = jest.fn((all: string) => all.length);
    const count$ = lambda(() => of('gold', 'fish'))
      .pipe(lambda(fn))
      .stream$('q');
    watch(count$);
    expect(fn.mock.calls.map(([input]) => input)).toEqual(['goldfish']);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['rejects', () => Promise.reject(broken)],
    ['gives an Observable that fails', () => throwError(() => broken)],
    [
      'gives a runnable that fails',
      () =>
        lambda(() => {
          throw broken;
        }),
    ],
    [
      'gives an async iterable that fails',
      async function* () {
        yield* [];
        throw broken;
      },
    ],
  ])('[3] fails with what its function fails with: it %s', async (_, fn) => {
    const run = recordRun(lambda(fn), 'q');
    await turn();
    expect(run.ended).toEqual({ error: broken });
    expect(run.story().at(-1)).toBe('chain_error RunnableLambda');
  });

  it('[2] cancels what its function gave, and aborts its signal', async () => {
    const log: string[] = [];
    const observing = lambda((_: string, { signal }) => {
      signal.addEventListener('abort', () => log.push('aborted'));
      return new Observable<string>(() => () => log.push('left'));
    });
    watch(observing.stream$('q')).leave();
    expect(log).toEqual(['left', 'aborted']);
    async function* waiting(_: string, { signal }: LambdaConfig) {
      try {
        yield 'a';
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(broken);
          });
        });
      } finally {
        log.push('finally');
      }
    }
    const run = watch(lambda(waiting).stream$('q'));
    await turn();
    run.leave();
    await turn();
    expect(log.at(-1)).toBe('finally');
    expect(run).toMatchObject({ values: ['a'], ended: undefined });
  });

  it('[2] drops what its promise brings when it has been left', async () => {
    let fail: (error: unknown) => void = () => undefined;
    const run = watch(
      lambda(
        () =>
          new Promise<string>((_, reject) => {
            fail = reject;
          }),
      ).stream$('q'),
    );
    run.leave();
    fail(broken);
    await turn();
    expect(run.ended).toBeUndefined();
  });

  it('[7] has its class’s name, one of its own, or that of the run', () => {
    const { story, listener } = record();
    const named = lambda(() => 1, { name: 'count' });
    watch(lambda(() => 1).stream$('q', { listeners: [listener] }));
    watch(named.stream$('q', { listeners: [listener] }));
    watch(named.stream$('q', { listeners: [listener], runName: 'run' }));
    expect(story().filter((line) => line.includes('start'))).toEqual([
      'chain_start RunnableLambda',
      'chain_start count',
      'chain_start run',
    ]);
  });

  it('[13] folds its chunks as it is reported', async () => {
    const sum = lambda(() => of(1, 2, 3), { fold: reduce((all: number, n) => all + n) });
    expect(await sum.invoke('q')).toBe(6);
    expect(await sum.pipe(lambda((n: number) => n * 10)).invoke('q')).toBe(60);
    expect(await lambda(() => of(1, 2, 3)).invoke('q')).toBe(3);
    expect(
      (await lambda((q: string, c) => saying('gold', 'fish').stream$(q, c)).invoke('q')).text,
    ).toBe('goldfish');
  });

  it('[13] gives what the runnable that it gives makes of chunks, whatever its fold', async () => {
    const list = saying('a, ', 'b').pipe(new CommaSeparatedListOutputParser());
    const each = new RunnableEach(list);
    const gives: (() => unknown)[] = [() => list, async () => list, () => lambda(() => list)];
    for (const fn of gives) {
      expect(await lambda(fn).invoke('q')).toEqual(['a', 'b']);
      expect(await chunksOf(lambda(fn), 'q')).toEqual([['a', 'b']]);
      expect(await parallel({ it: fn }).invoke('q')).toEqual({ it: ['a', 'b'] });
    }
    expect(await lambda((_: string[]) => each).invoke(['p', 'q'])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    const counted = lambda(() => list, { fold: reduce((count: number) => count + 1, 0) });
    expect(await counted.invoke('q')).toBe(2);
    expect(await chunksOf(counted, 'q')).toEqual([['a'], ['b']]);
  });

  it('rejects where nothing came, which has no whole', async () => {
    await expect(lambda(() => EMPTY).invoke('q')).rejects.toMatchObject({ code: 'empty' });
  });

  it('[9] runs a runnable that it gives as its child, with the same input', () => {
    const { events, story } = recordRun(
      lambda(() => saying('a')),
      'q',
    );
    expect(story()[1]).toBe('chat_model_start FakeStream');
    expect(events[1]!.parent_ids).toEqual([events[0]!.run_id]);
  });

  it('[8] passes chunks on as they come, through functions in functions', () => {
    const deep = lambda((q: string, config) =>
      lambda((_: string, inner) =>
        new FakeStream(() => concat(of('a'), NEVER)).stream$(q, inner),
      ).stream$(q, config),
    );
    expect(watch(deep.stream$('q')).values.map(({ text }) => text)).toEqual(['a']);
  });

  it('throws a TypeError for what is no function', () => {
    expect(() => lambda('f' as never)).toThrow(new TypeError('lambda takes a function, got "f"'));
    expect(new RunnableLambda(() => 1)).toBeInstanceOf(RunnableLambda);
  });

  it('infers chunk and whole from what its function gives', () => {
    expectTypeOf(lambda((q: string) => q.length)).toEqualTypeOf<RunnableLambda<string, number>>();
    expectTypeOf(lambda(async (q: string) => q.length)).toEqualTypeOf<
      RunnableLambda<string, number>
    >();
    expectTypeOf(lambda(async (q: string) => of(q))).toEqualTypeOf<
      RunnableLambda<string, string>
    >();
    expectTypeOf(lambda((q: string) => from([q, q]))).toEqualTypeOf<
      RunnableLambda<string, string>
    >();
    const generating = lambda((_: number) => words());
    const routing = lambda((q: string) => (q === '' ? 'none' : 'some'));
    expectTypeOf(routing).toEqualTypeOf<RunnableLambda<string, 'none' | 'some'>>();
    expectTypeOf(generating).toEqualTypeOf<RunnableLambda<number, string>>();
    expectTypeOf(lambda(() => saying('a'))).toEqualTypeOf<
      RunnableLambda<unknown, AIMessage, AIMessageChunk>
    >();
    const each = new RunnableEach(saying('a'));
    expectTypeOf(lambda(async (_: string[]) => each)).toEqualTypeOf<
      RunnableLambda<string[], AIMessage[], Readonly<Record<number, AIMessageChunk>>>
    >();
    expectTypeOf(lambda((q: string, c) => saying('a').stream$(q, c))).toEqualTypeOf<
      RunnableLambda<string, AIMessage, AIMessageChunk>
    >();
    expectTypeOf(lambda(async (q: string, c) => saying('a').invoke(q, c))).toEqualTypeOf<
      RunnableLambda<string, AIMessage>
    >();
    expectTypeOf(lambda((q: string) => of(q), { fold: map((s) => s.length) })).toEqualTypeOf<
      RunnableLambda<string, number, string>
    >();
    expectTypeOf(lambda((q: string) => (q === '' ? q.length : of('a')))).toEqualTypeOf<
      RunnableLambda<string, string | number>
    >();
    expectTypeOf(lambda((q: string) => ['a', q])).toEqualTypeOf<RunnableLambda<string, string[]>>();
    expectTypeOf<
      Parameters<Parameters<typeof lambda<string, string>>[0]>[1]
    >().toEqualTypeOf<LambdaConfig>();
    // @ts-expect-error -- the fold is one of numbers, the chunks are texts
    lambda((q: string) => q, { fold: map((n: number) => n + 1) });
    expect(lambda.length).toBeGreaterThan(0);
  });
});
