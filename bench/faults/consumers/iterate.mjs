import { now, wait } from '../wait.mjs';

/** Uses the answer's async iterator by hand, in one of these `ways`. */
export async function iterate({ open, seen, way }) {
  const client = open();
  return ways[way](client.iterate()[Symbol.asyncIterator](), client.textOf, seen);
}

const ways = {
  /** Two `next()` at a time: each its own value, in order, none lost. */
  nexts: async (values, textOf, seen) => {
    for (;;) {
      const both = await Promise.all([values.next(), values.next()]);
      for (const { done, value } of both) if (!done) seen.take(textOf(value));
      if (both.some(({ done }) => done)) return 'complete';
    }
  },
  /** `return()` while a `next()` waits for a silent server: both settle. */
  return: async (values, textOf, seen) => {
    await toText(values, textOf, seen);
    const next = values.next();
    await wait(300);
    seen.leave();
    await values.return();
    seen.settledMs = now() - seen.leftAt;
    await next.catch(() => {});
    return 'left';
  },
  /** `throw()`, which not every iterator has: rejects with what it was given. */
  throw: async (values, textOf, seen) => {
    await toText(values, textOf, seen);
    const thrown = new Error('enough');
    seen.leave();
    try {
      if (values.throw === undefined) await values.return();
      else await values.throw(thrown);
    } catch (error) {
      if (error === thrown) return 'left';
      throw error;
    }
    return 'left';
  },
};

async function toText(values, textOf, seen) {
  for (;;) {
    const { done, value } = await values.next();
    if (done) throw new Error('it ended before there was a text');
    seen.take(textOf(value));
    if (textOf(value) === 'lo' || textOf(value) === 'drop ') return;
  }
}
