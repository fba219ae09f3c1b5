import { wait } from '../wait.mjs';

/** Takes `count` texts, and `ms` of rest after each `every`; then leaves. */
export async function pausing({ open, seen, count, every, ms }) {
  const client = open();
  for await (const value of client.iterate()) {
    const before = seen.texts;
    seen.take(client.textOf(value));
    if (seen.texts === count) return 'left';
    if (seen.texts > before && seen.texts % every === 0) await wait(ms);
  }
  return 'complete';
}
