import { expectTypeOf } from 'expect-type';
import { asapScheduler, lastValueFrom, NEVER, of } from 'rxjs';
import { type AIMessage, lambda, type RunConfig } from 'rxlm';
import { type ValueOf, wholeOf$ } from '../../lib/tools/values-of';
import { saying } from '../support/models';
import { watch } from '../support/run-events';

async function* words() {
  yield await Promise.resolve('gold');
  yield 'fish';
}
async function* looking() {
  yield await Promise.resolve('looking');
  return { temp: 72 };
}
function* counting() {
  yield 1;
  yield 2;
  return 'two';
}
const workOf = (progress: unknown[] = []) => ({
  input: 'moon',
  config: {} as RunConfig,
  progress: (value: unknown) => progress.push(value),
  scheduler: asapScheduler,
});
const whole = (result: unknown, progress?: unknown[]) =>
  lastValueFrom(wholeOf$(result, workOf(progress)));

describe('wholeOf$', () => {
  it.each([undefined, null, 0, '', 'text', [1, 2], { then: 'no promise' }, new Map()])(
    'emits %p as it is',
    (value) => {
      expect(watch(wholeOf$(value, workOf()))).toMatchObject({
        values: [value],
        ended: 'complete',
      });
    },
  );

  it('folds what a promise, an Observable or an async iterable gives, whatever is in what', async () => {
    expect(await whole(Promise.resolve(1))).toBe(1);
    expect(await whole(of(1, 2))).toBe(2);
    expect(await whole(of('gold', 'fish'))).toBe('goldfish');
    expect(await whole(words())).toBe('goldfish');
    expect(await whole(Promise.resolve(words()))).toBe('goldfish');
  });

  it('takes what a generator returns, and its yields for progress', async () => {
    const progress: unknown[] = [];
    expect(await whole(looking(), progress)).toEqual({ temp: 72 });
    expect(await whole(counting(), progress)).toBe('two');
    expect(progress).toEqual(['looking', 1, 2]);
  });

  it('takes what a generator yields where it returns nothing', async () => {
    expect(
      await whole(
        (function* () {
          yield 1;
          yield 2;
        })(),
      ),
    ).toBe(2);
  });

  it('takes the message of a model’s stream, and runs a runnable with the input', async () => {
    expect(await whole(saying('gold', 'fish').stream$('Hi'))).toMatchObject({
      type: 'ai',
      content: 'goldfish',
    });
    expect(await whole(saying('gold', 'fish'))).toMatchObject({ content: 'goldfish' });
    expect(await whole(lambda((input: string) => `the ${input}`))).toBe('the moon');
  });

  it('closes an async iterable that nobody listens to any more', () => {
    const close = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const next = () => lastValueFrom(NEVER);
    const iterable = { [Symbol.asyncIterator]: () => ({ next, return: close }) };
    watch(wholeOf$(iterable, workOf())).leave();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('has the types of these', () => {
    expectTypeOf<ValueOf<number[]>>().toEqualTypeOf<number[]>();
    expectTypeOf<ValueOf<ReturnType<typeof words>>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<ReturnType<typeof looking>>>().toEqualTypeOf<{ temp: number }>();
    expectTypeOf<ValueOf<ReturnType<typeof counting>>>().toEqualTypeOf<string>();
    const chunks$ = saying('gold').stream$('Hi');
    expectTypeOf<ValueOf<typeof chunks$>>().toEqualTypeOf<AIMessage>();
    expectTypeOf<ValueOf<Promise<ReturnType<typeof saying>>>>().toEqualTypeOf<AIMessage>();
    expect(watch(chunks$).values).toHaveLength(1);
  });
});
