/** What one long run holds when its last text has come (live heap), and how far the process grew for it, in MiB. */
export async function perform(run, { model, chunks }) {
  await run('text-100', () => {});
  const empty = liveHeap();
  const { maxRSS } = process.resourceUsage();
  let text = '';
  let seen = 0;
  let live;
  let grown;
  await run(model, (piece) => {
    text += piece;
    if (piece !== '') seen += 1;
    if (seen < chunks || live !== undefined) return;
    grown = process.resourceUsage().maxRSS - maxRSS;
    live = liveHeap() - empty;
  });
  if (text.length < chunks) throw new Error('the text is not whole');
  return { live: live / 2 ** 20, grown: grown / 1024 };
}

function liveHeap() {
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed;
}
