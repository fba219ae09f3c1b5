import { wait } from '../wait.mjs';

/** Takes `each` milliseconds for every value, for `ms` in all; then leaves. */
export async function slow({ open, seen, each, ms }) {
  await open('good').read({ take: () => {} });
  seen.watchMemory();
  const client = open();
  const until = Date.now() + ms;
  for await (const value of client.iterate()) {
    seen.take(client.textOf(value));
    if (Date.now() > until) break;
    await wait(each);
  }
  return seen.texts > 0 ? 'left' : 'empty';
}
