import { expectTypeOf } from 'expect-type';
import { concat, NEVER, of, throwError } from 'rxjs';
import {
  type AIMessage,
  CommaSeparatedListOutputParser,
  type FallbackOptions,
  JsonOutputParser,
  lambda,
  parallel,
  type Runnable,
  StringOutputParser,
  withFallbacks,
} from 'rxlm';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';

const failing = (error: unknown, ...texts: string[]) =>
  new FakeStream(() =>
    concat(
      of(...texts),
      throwError(() => error),
    ),
  );
const text = (...texts: string[]) => saying(...texts).pipe(new StringOutputParser());

describe('withFallbacks', () => {
  it('runs the next one when one fails, as long as there are any', async () => {
    const all = withFallbacks(failing(1), [failing(2), text('plan ', 'C'), () => 'plan D']);
    expect(await all.invoke('q')).toBe('plan C');
    expect(watch(all.stream$('q')).values).toEqual(['plan ', 'C']);
  });

  it('does not run one that is not needed', () => {
    let ran = false;
    watch(withFallbacks(saying('a'), [() => (ran = true)]).stream$('q'));
    expect(ran).toBe(false);
  });

  it('ends with the first error if all fail', async () => {
    await expect(withFallbacks(failing(1), [failing(2), failing(3)]).invoke('q')).rejects.toBe(1);
    await expect(withFallbacks(failing(undefined), [failing(2)]).invoke('q')).rejects.toBe(
      undefined,
    );
  });

  it('goes on only when it may, and ends with what it may not go on after', async () => {
    const options = { when: (error: unknown) => error !== 2 };
    await expect(
      withFallbacks(failing(1), [failing(2), text('a')], options).invoke('q'),
    ).rejects.toBe(2);
  });

  it('[7] [3] is reported as RunnableWithFallbacks, each with an ending of its own', () => {
    const { events, story } = recordRun(
      withFallbacks(failing('down'), [saying('FALL', 'BACK')]),
      'x',
    );
    expect(story()).toEqual([
      'chain_start RunnableWithFallbacks',
      'chat_model_start FakeStream',
      'chat_model_error FakeStream',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chain_stream RunnableWithFallbacks',
      'chat_model_stream FakeStream',
      'chain_stream RunnableWithFallbacks',
      'chat_model_end FakeStream',
      'chain_end RunnableWithFallbacks',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ output: { content: 'FALLBACK' } });
    expect(events.every(({ tags }) => tags.length === 0)).toBe(true);
    expect(faultsOf(events)).toEqual([]);
  });

  it('[4] does not go on after something has been given out, unless it is asked to', async () => {
    const all = [failing('down', 'he', 'llo'), [saying('FALL', 'BACK')]] as const;
    const never = watch(withFallbacks(...all).stream$('q'));
    expect([never.values.length, never.ended]).toEqual([2, { error: 'down' }]);
    const restart = withFallbacks(...all, { after: 'restart' });
    expect((await restart.invoke('q')).text).toBe('FALLBACK');
    expect(
      watch(restart.stream$('q'))
        .values.map((chunk) => chunk.text)
        .join(),
    ).toBe('he,llo,FALL,BACK');
  });

  it('gives chunks of any kind, folded as their kind is', async () => {
    const list = saying('a,', 'b').pipe(new CommaSeparatedListOutputParser());
    const json = saying('{"a":', '1}').pipe(new JsonOutputParser());
    const object = parallel({ a: text('x', 'y') });
    const after = (fallback: unknown) =>
      withFallbacks(failing(1) as Runnable<unknown, unknown>, [
        fallback as Runnable<unknown, unknown>,
      ]);
    expect(await after(list).invoke('q')).toEqual(['a', 'b']);
    expect(await after(json).invoke('q')).toEqual({ a: 1 });
    expect(await after(object).invoke('q')).toEqual({ a: 'xy' });
    expect(watch(after(object).stream$('q')).values).toEqual([{ a: 'x' }, { a: 'y' }]);
  });

  it('takes what the first takes, and gives the others all of it', () => {
    const parser = withFallbacks(new JsonOutputParser(), [
      ({ text }: AIMessage) => `raw: ${text}`,
    ] as never);
    expect([parser.takes, withFallbacks(saying('a'), [new Capitals() as never]).takes]).toEqual([
      'chunks',
      'whole',
    ]);
    const recorded = recordRun(saying('not', ' json').pipe(parser), 'q');
    expect([recorded.values, recorded.ended]).toEqual([['raw: not json'], 'complete']);
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('[2] ends with one unsubscribe', () => {
    const recorded = recordRun(withFallbacks(failing(1), [new FakeStream(() => NEVER)]), 'q');
    recorded.leave();
    expect(recorded.story().slice(-2)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_cancel RunnableWithFallbacks',
    ]);
  });

  it('hands call options on, and checks the input as the first does', () => {
    const seen: unknown[] = [];
    const asking = new FakeStream((_, { stop }) => {
      seen.push(stop);
      return throwError(() => 1);
    });
    const all = withFallbacks(asking, [asking]);
    watch(all.stream$('q', { stop: ['.'] }));
    expect(seen).toEqual([['.'], ['.']]);
    expect(() => all.stream$(7 as never)).toThrow(TypeError);
  });

  it.each<[unknown, unknown, FallbackOptions, RegExp]>([
    [() => 1, [], {}, /^withFallbacks takes a runnable, got function/],
    [saying('a'), saying('b'), {}, /^fallbacks must be an array, got a FakeStream$/],
    [saying('a'), [saying('b'), 7], {}, /^fallback 2 must be a runnable or a function, got 7$/],
    [saying('a'), [], { after: 'x' as never }, /^after must be 'never' or 'restart', got "x"$/],
    [saying('a'), [], { when: 1 as never }, /^when must be a function, got 1$/],
  ])('throws a TypeError for %p, %p, %p', (runnable, fallbacks, options, message) => {
    const make = () => withFallbacks(runnable as never, fallbacks as never, options);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  it('has the types of all', () => {
    const all = withFallbacks(saying('a'), [text('b'), () => 7]);
    expectTypeOf(all.invoke('q')).resolves.toEqualTypeOf<AIMessage | string | number>();
    const typed = withFallbacks(
      lambda((q: { a: 1 }) => q.a),
      [({ a }) => a + 1],
    );
    expectTypeOf(typed.invoke({ a: 1 })).resolves.toBeNumber();
    const takesText = lambda((q: string) => q);
    // @ts-expect-error -- the fallback takes something else
    withFallbacks(takesText, [(n: number) => n]);
  });
});
