import {
  Returned,
  withReturned,
  withReturnedAsync,
} from '../../../lib/tools/internal/generator-result';

async function collect(iterable: AsyncIterable<unknown>) {
  const values: unknown[] = [];
  for await (const value of iterable) values.push(value);
  return values;
}

describe('withReturned', () => {
  it('has what a generator returned behind what it yielded', () => {
    function* made(value: unknown) {
      yield 1;
      return value;
    }
    expect([...withReturned(made('x'))]).toEqual([1, new Returned('x')]);
    expect([...withReturned(made(undefined))]).toEqual([1]);
    expect([...withReturned(made(null))]).toEqual([1, new Returned(null)]);
  });

  it('closes the generator with it', () => {
    const closed = jest.fn();
    function* endless() {
      try {
        for (;;) yield 1;
      } finally {
        closed();
      }
    }
    const values = withReturned(endless());
    values.next();
    values.return();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe('withReturnedAsync', () => {
  async function* made(value: unknown) {
    yield await Promise.resolve(1);
    return value;
  }

  it('has what a generator returned behind what it yielded', async () => {
    expect(await collect(withReturnedAsync(made('x')))).toEqual([1, new Returned('x')]);
    expect(await collect(withReturnedAsync(made(undefined)))).toEqual([1]);
  });

  it('fails as the iterable does', async () => {
    const failing = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('broken')) }),
    };
    await expect(collect(withReturnedAsync(failing))).rejects.toThrow('broken');
  });

  it('closes an iterator at once, though it still has a value to give', () => {
    const close = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const iterator = withReturnedAsync({
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: close }),
    })[Symbol.asyncIterator]();
    void iterator.next();
    void iterator.return?.();
    expect(close).toHaveBeenCalledTimes(1);
  });
});
