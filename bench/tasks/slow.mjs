import { setTimeout as wait } from 'node:timers/promises';

/** Many slow streams at once: CPU per chunk in µs while all of them are open, and their live heap in KiB each. */
export async function perform(run, { streams, windowMs }) {
  const empty = liveHeap();
  let chunks = 0;
  let open = 0;
  let over = false;
  const runs = Array.from({ length: streams }, async () => {
    let isOpen = false;
    await run('slow', () => {
      chunks += 1;
      if (!isOpen) open += 1;
      isOpen = true;
      return over;
    });
  });
  while (open < streams) await wait(20);
  await wait(500);
  const before = { chunks, cpu: process.cpuUsage() };
  await wait(windowMs);
  const { user, system } = process.cpuUsage(before.cpu);
  const cpu = (user + system) / (chunks - before.chunks);
  const heap = (liveHeap() - empty) / 1024 / streams;
  over = true;
  await Promise.all(runs);
  return { cpu, heap };
}

function liveHeap() {
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed;
}
