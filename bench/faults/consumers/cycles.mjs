import { collected } from '../memory.mjs';

/** Begins `count` answers, 50 at once, and leaves them: every other at once, the rest at their first text. */
export async function cycles({ open, seen, count }) {
  const client = open();
  const cycle = async (index) => {
    const leaving = new AbortController();
    const leave = leaving.signal;
    const take = (text) => text !== '';
    const reading = client.read({ leave, whole: false, take });
    if (index % 2 === 0) leaving.abort();
    await reading.catch(() => {});
  };
  const all = async (times) => {
    for (let begun = 0; begun < times; begun += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => cycle(i)));
  };
  await all(500);
  const before = await collected();
  await all(count);
  seen.heapGrowth = (await collected()) - before;
  return 'left';
}
