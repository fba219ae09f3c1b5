/** The async iterator of something that can be iterated over but has first to be waited for. */
export function later(ask) {
  let opened;
  const call = (name) => async (value) => {
    opened ??= Promise.resolve(ask()).then((values) => values[Symbol.asyncIterator]());
    return (await opened)[name](value);
  };
  return {
    next: call('next'),
    return: call('return'),
    throw: call('throw'),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
