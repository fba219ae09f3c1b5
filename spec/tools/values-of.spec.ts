import { expectTypeOf } from 'expect-type';
import { lastValueFrom, NEVER, of, toArray } from 'rxjs';
import { type ValueOf, valuesOf$ } from '../../lib/tools/values-of';
import { watch } from '../support/run-events';

async function* words() {
  yield await Promise.resolve('gold');
  yield 'fish';
}
const all = (result: unknown) => lastValueFrom(valuesOf$(result).pipe(toArray()));

describe('valuesOf$', () => {
  it.each([undefined, null, 0, '', 'text', [1, 2], { then: 'no promise' }, new Map()])(
    'emits %p as it is',
    (value) => {
      expect(watch(valuesOf$(value))).toMatchObject({ values: [value], ended: 'complete' });
    },
  );

  it('emits what a promise, an Observable or an async iterable gives, whatever is in what', async () => {
    expect(await all(Promise.resolve(1))).toEqual([1]);
    expect(await all(of(1, 2))).toEqual([1, 2]);
    expect(await all(words())).toEqual(['gold', 'fish']);
    expect(await all(Promise.resolve(of(1, 2)))).toEqual([1, 2]);
    expect(await all(Promise.resolve(words()))).toEqual(['gold', 'fish']);
  });

  it('closes an async iterable that nobody listens to any more', () => {
    const close = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const next = () => lastValueFrom(NEVER);
    const iterable = { [Symbol.asyncIterator]: () => ({ next, return: close }) };
    watch(valuesOf$(iterable)).leave();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('has the types of these', () => {
    expectTypeOf<ValueOf<number[]>>().toEqualTypeOf<number[]>();
    expectTypeOf<ValueOf<ReturnType<typeof words>>>().toEqualTypeOf<string>();
    const values = valuesOf$(1);
    expectTypeOf<ValueOf<Promise<typeof values>>>().toEqualTypeOf<unknown>();
    expect(watch(values).values).toEqual([1]);
  });
});
