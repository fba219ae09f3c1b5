import { expectTypeOf } from 'expect-type';
import { EMPTY, NEVER, of, take, throwError, timer } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  branch,
  CommaSeparatedListOutputParser,
  lambda,
  parallel,
  type Runnable,
  RunnableBranch,
  StringOutputParser,
} from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';

const size = branch(
  [(n: number) => n > 9, () => 'big'],
  [(n: number) => n > 4, () => 'middling'],
  () => 'small',
);

describe('branch', () => {
  it('runs the first arm whose condition holds, or else the last argument', async () => {
    expect(await size.batch([12, 5, 1])).toEqual(['big', 'middling', 'small']);
  });

  it('asks no more conditions than it has to', () => {
    const asked: number[] = [];
    const ask = (n: number) => [() => asked.push(n) === 2, () => n] as const;
    expect(watch(branch(ask(1), ask(2), ask(3), () => 0).stream$('q')).values).toEqual([2]);
    expect(asked).toEqual([1, 2]);
  });

  it.each([
    ['a value', () => 1],
    ['a promise', () => Promise.resolve(true)],
    ['an Observable, by its last value', () => of(false, true)],
    ['a runnable', lambda((q: string) => q === 'q')],
    ['a runnable that a function gives', () => lambda((q: string) => q === 'q')],
    ['an async iterable', async function* () { yield* ['yes']; }], // prettier-ignore
    ['what the config says', (_: string, { tags }: LambdaConfig) => tags?.includes('on')],
  ])('takes for a condition %s', async (_, condition) => {
    const chosen = branch([condition, () => 'arm'], () => 'default');
    expect(await chosen.invoke('q', { tags: ['on'] })).toBe('arm');
  });

  it.each([
    [0],
    [''],
    [null],
    [undefined],
    [NaN],
    [Promise.resolve(false)],
    [of(true, false)],
    [EMPTY],
  ])('does not take %p for true', async (value) => {
    expect(await branch([() => value, () => 'arm'], () => 'default').invoke('q')).toBe('default');
  });

  it.each(['', 0, false, null, undefined])(
    'never runs the default because an arm gives %p',
    async (falsy) => {
      let ran = false;
      const chosen = branch([() => true, () => falsy], () => (ran = true));
      expect(await chosen.invoke('q')).toBe(falsy);
      expect(watch(chosen.stream$('q')).values).toEqual([falsy]);
      expect(ran).toBe(false);
    },
  );

  it('gives the chunks of the arm, folded as their kind is', async () => {
    const model = saying('gold,', 'fish');
    const kinds = branch(
      [(q: string) => q === 'text', model.pipe(new StringOutputParser())],
      [(q: string) => q === 'list', model.pipe(new CommaSeparatedListOutputParser())],
      [(q: string) => q === 'object', parallel({ a: model.pipe(new StringOutputParser()) })],
      model,
    );
    expect(await kinds.batch(['text', 'list', 'object', ''])).toMatchObject([
      'gold,fish',
      ['gold', 'fish'],
      { a: 'gold,fish' },
      { content: 'gold,fish' },
    ]);
    const chunks = (q: string) => watch(kinds.stream$(q)).values;
    expect(chunks('text')).toEqual(['gold,', 'fish']);
    expect(chunks('list')).toEqual([['gold', 'fish']]);
    expect(chunks('object')).toEqual([{ a: 'gold,' }, { a: 'fish' }]);
    expect(chunks('')).toHaveLength(2);
  });

  it('[7] [9] [10] has runs for every condition and the arm, each under an id of its own', () => {
    const { events, story } = recordRun(size, 5, { runId: 'mine' });
    expect(story()).toEqual([
      'chain_start RunnableBranch',
      ...Array<string[]>(3)
        .fill(['chain_start', 'chain_stream', 'chain_end'])
        .flatMap((phases, index) =>
          index < 2
            ? phases.map((phase) => `${phase} RunnableLambda`)
            : [
                'chain_start RunnableLambda',
                'chain_stream RunnableLambda',
                'chain_stream RunnableBranch',
                'chain_end RunnableLambda',
              ],
        ),
      'chain_end RunnableBranch',
    ]);
    const starts = events.filter(({ event }) => event === 'on_chain_start');
    expect(starts.map(({ tags }) => tags)).toEqual([
      [],
      ['condition:1'],
      ['condition:2'],
      ['branch:2'],
    ]);
    expect(new Set(starts.map(({ run_id }) => run_id)).size).toBe(4);
    expect(events.at(-1)).toMatchObject({ run_id: 'mine', data: { output: 'middling' } });
    expect(faultsOf(events)).toEqual([]);
  });

  it('tags the default', () => {
    const { events } = recordRun(size, 1);
    expect(events.map(({ tags }) => tags).flat()).toContain('branch:default');
  });

  it('[2] unsubscribes from a condition and of an arm', () => {
    const waiting = [
      branch([() => timer(1000), () => 1], () => 2),
      branch([() => true, new FakeStream(() => NEVER)], () => 2),
    ];
    for (const each of waiting) {
      const recorded = recordRun(each as Runnable<string, unknown>, 'q');
      recorded.leave();
      expect(
        recorded
          .story()
          .slice(-2)
          .map((line) => line.split(' ')[0]!.split('_').at(-1)),
      ).toEqual(['cancel', 'cancel']);
      expect(faultsOf(recorded.events)).toEqual([]);
    }
    let last = '';
    const counting = new FakeStream(function* () {
      for (const text of 'abc') yield (last = text);
    });
    watch(branch(counting).stream$('q').pipe(take(1)));
    expect(last).toBe('a');
  });

  it('fails as a condition or the arm does', () => {
    const fail = () => throwError(() => new Error('broken'));
    for (const each of [branch([fail, () => 1], () => 2), branch([() => 1, fail], () => 2)])
      expect(watch(each.stream$('q')).ended).toEqual({ error: new Error('broken') });
  });

  it.each([
    [[], 'the last argument of branch must be a runnable or a function, got undefined'],
    [['x'], 'the last argument of branch must be a runnable or a function, got "x"'],
    [
      [() => 1, () => 2],
      'branch takes pairs of a condition and a runnable, and a runnable last: argument 1 is function (anonymous)',
    ],
    [[[() => 1], () => 2], /: argument 1 is an array of 1$/],
    [[['x', () => 1], () => 2], 'condition 1 must be a runnable or a function, got "x"'],
    [[[() => 1, 'x'], () => 2], 'branch 1 must be a runnable or a function, got "x"'],
  ])('throws a TypeError for %p', (arms, message) => {
    const make = () => new RunnableBranch(arms as never);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  it('has the types of its arms', () => {
    const mixed = branch(
      [(q: { a: 1 }) => q.a, (q: { b: 2 }) => q.b],
      saying('a') as never as Answering,
    );
    expectTypeOf(mixed).toExtend<
      Runnable<{ a: 1 } & { b: 2 } & { c: 3 }, 2 | AIMessage, 2 | AIMessageChunk>
    >();
    expectTypeOf(size.invoke).parameter(0).toBeNumber();
    expectTypeOf(size.invoke(1)).resolves.toBeString();
    // @ts-expect-error -- no number
    size.stream$('q');
  });
});

type Answering = Runnable<{ c: 3 }, AIMessage, AIMessageChunk>;
