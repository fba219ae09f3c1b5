import { getEventListeners } from 'node:events';

/** Reads so many answers, `inTurn` and then `atOnce`, all with one signal. */
export async function runs({ open, seen, inTurn = 0, atOnce = 0 }) {
  const client = open();
  const { signal } = new AbortController();
  const run = () => client.read({ signal, take: seen.take });
  for (let i = 0; i < inTurn; i += 1) await run();
  await Promise.all(Array.from({ length: atOnce }, run));
  seen.listeners = getEventListeners(signal, 'abort').length;
  return 'complete';
}
