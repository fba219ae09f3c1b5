/** Reads to the end, and keeps nothing of it: what grows is the client's. */
export async function measured({ open, seen }) {
  for (let i = 0; i < 5; i += 1) await open('good').read({ take: () => {} });
  seen.watchMemory();
  await open().read({ whole: false, take: seen.count });
  return 'complete';
}
