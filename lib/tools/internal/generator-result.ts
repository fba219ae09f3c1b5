/** @internal The return value of a generator, after the yielded ones. */
export class Returned {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** @internal The yielded values of a generator, and after them its return value, if it has one. */
export function* withReturned(generator: Iterator<unknown>): Generator<unknown, void> {
  const value: unknown = yield* { [Symbol.iterator]: () => generator };
  if (value !== undefined) yield new Returned(value);
}

/**
 * @internal The same for an async iterable. Not a generator, whose `return()` would wait for a pending `next()`.
 */
export function withReturnedAsync(iterable: AsyncIterable<unknown>): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]() {
      const iterator: AsyncIterator<unknown, unknown> = iterable[Symbol.asyncIterator]();
      let over = false;
      return {
        async next(): Promise<IteratorResult<unknown>> {
          if (over) return { done: true, value: undefined };
          const { done, value } = await iterator.next();
          if (done !== true) return { done: false, value };
          over = true;
          return value === undefined
            ? { done: true, value }
            : { done: false, value: new Returned(value) };
        },
        async return(): Promise<IteratorResult<unknown>> {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
