import { median } from '../stats.mjs';

/** Milliseconds from leaving a stream to the server's seeing the socket close, the median of so many runs. */
export async function perform(run, { runs, baseURL }) {
  const times = [];
  for (let i = 0; i < runs; i += 1) {
    const model = `slow-${process.pid}-${i}-${Date.now()}`;
    let pieces = 0;
    let left;
    await run(model, () => {
      pieces += 1;
      if (pieces === 2) left = process.hrtime.bigint();
      return pieces >= 2;
    });
    // The clock of the system, which is the same for both processes.
    const closed = BigInt(await (await fetch(`${baseURL}/closed?${model}`)).text());
    times.push(Number(closed - left) / 1e6);
  }
  return { ms: median(times) };
}
