import { wait } from '../wait.mjs';

/** Leaves from outside, `after` so many milliseconds: unsubscribes, or aborts the request where that is the way. */
export async function leave({ open, seen, after }) {
  await open('good').read({ take: () => {} });
  const leaving = new AbortController();
  const reading = open().read({ leave: leaving.signal, whole: false, take: seen.take });
  await wait(after);
  seen.leave();
  leaving.abort();
  // However it tells that it was left.
  await reading.catch(() => {});
  return 'left';
}
