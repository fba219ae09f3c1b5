import { expectTypeOf } from 'expect-type';
import { concat, firstValueFrom, map, NEVER, of, take, throwError, timer } from 'rxjs';
import {
  type AIMessage,
  type AIMessageChunk,
  CommaSeparatedListOutputParser,
  lambda,
  type MessagesInput,
  type ModelCallOptions,
  type Runnable,
  RunnableEach,
} from 'rxlm';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';

describe('RunnableEach', () => {
  it('gives the outputs in the order of the inputs', async () => {
    const wait = new RunnableEach(lambda((ms: number) => timer(ms).pipe(map(() => ms))));
    expect(await wait.invoke([9, 1, 5])).toEqual([9, 1, 5]);
    expect(await wait.invoke([])).toEqual([]);
  });

  it('emits the chunks of each under its index, as they come', () => {
    marbles(({ cold, expectObservable }) => {
      const each = new RunnableEach(lambda((marble: string) => cold(marble)));
      expectObservable(each.stream$(['-a---b|', '---c---|'])).toBe('-0-1-2-|', [
        { 0: 'a' },
        { 1: 'c' },
        { 0: 'b' },
      ]);
    });
  });

  it('runs maxConcurrency of them at a time', () => {
    marbles(({ cold, expectObservable }) => {
      const each = new RunnableEach(lambda((marble: string) => cold(marble)));
      const inputs = ['-a--|', '-b-|', '-c|'];
      expectObservable(each.stream$(inputs, { maxConcurrency: 1 })).toBe('-0---1--2|', [
        { 0: 'a' },
        { 1: 'b' },
        { 2: 'c' },
      ]);
    });
  });

  it('folds each output as the runnable does, with every fold', async () => {
    const list = saying('a,', 'b').pipe(new CommaSeparatedListOutputParser());
    const each = new RunnableEach(list);
    expect(await each.invoke(['q', 'r'])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    const passed = lambda((all: string[], config) => each.stream$(all, config));
    expect(await passed.invoke(['q'])).toEqual([['a', 'b']]);
  });

  it('[7] is reported as LangChain reports it, and streams beside', () => {
    const plus = new RunnableEach(lambda((n: number) => n + 1));
    const { events, story } = recordRun(plus as Runnable<number[], unknown>, [1, 2]);
    const one = ['start', 'stream'].map((phase) => `chain_${phase} RunnableLambda`);
    expect(story()).toEqual([
      'chain_start RunnableEach',
      ...[1, 2].flatMap(() => [...one, 'chain_stream RunnableEach', 'chain_end RunnableLambda']),
      'chain_end RunnableEach',
    ]);
    expect(events.at(-1)?.data).toEqual({ output: [2, 3] });
    expect(faultsOf(events)).toEqual([]);
  });

  it('hands call options on to the runnable that it is called instead of', () => {
    const seen: unknown[] = [];
    const model = new FakeStream((_, { stop }) => [String(seen.push(stop))]);
    watch(new RunnableEach(model).stream$(['q', 'r'], { stop: ['.'] }));
    expect(seen).toEqual([['.'], ['.']]);
  });

  it('[2] [3] cancels the others when one fails, and all when it is left', () => {
    const wait = lambda((fails: boolean) =>
      fails ? throwError(() => new Error('broken')) : concat(of(1), NEVER),
    );
    const each = new RunnableEach(wait) as Runnable<boolean[], unknown>;
    const failed = recordRun(each, [false, true]);
    expect(failed.ended).toEqual({ error: new Error('broken') });
    expect(failed.story().slice(-3)).toEqual([
      'chain_error RunnableLambda',
      'chain_cancel RunnableLambda',
      'chain_error RunnableEach',
    ]);
    const left = recordRun(each, [false, false]);
    left.leave();
    expect(left.story().filter((line) => line.startsWith('chain_cancel'))).toHaveLength(3);
    expect([...faultsOf(failed.events), ...faultsOf(left.events)]).toEqual([]);
  });

  it('stops early', () => {
    const seen: number[] = [];
    const each = new RunnableEach(lambda((n: number) => seen.push(n)));
    watch(each.stream$([1, 2, 3]).pipe(take(2)));
    expect(seen).toEqual([1, 2]);
  });

  it('throws a TypeError for what is no runnable and what is no array', () => {
    expect(() => new RunnableEach((() => 1) as never)).toThrow(
      /^RunnableEach takes a runnable, got /,
    );
    const each = new RunnableEach(saying('a'));
    const error = new TypeError('RunnableEach takes an array, got "q"');
    expect(() => each.stream$('q' as never)).toThrow(error);
    expect(() => each.stream$(['q', 7] as never)).toThrow(/got 7/);
    const behind = lambda(() => 'q').pipe(each as Runnable<unknown, unknown>);
    expect(watch(behind.stream$('x')).ended).toEqual({ error });
  });

  it('has the types of arrays', () => {
    const each = new RunnableEach(saying('a'));
    expectTypeOf(each).toExtend<
      RunnableEach<MessagesInput, AIMessage, AIMessageChunk, ModelCallOptions>
    >();
    expectTypeOf(each.invoke(['q'])).resolves.toEqualTypeOf<AIMessage[]>();
    expectTypeOf(firstValueFrom(each.stream$(['q']))).resolves.toEqualTypeOf<
      Readonly<Record<number, AIMessageChunk>>
    >();
    // @ts-expect-error -- no messages
    each.invoke([7]).catch(() => undefined);
  });
});
