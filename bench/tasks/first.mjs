import { median } from '../stats.mjs';

/** Milliseconds from the call to its first text, the median of so many runs. */
export async function perform(run, { model, runs }) {
  const times = [];
  for (let i = 0; i < runs; i += 1) {
    const began = performance.now();
    let first;
    await run(model, (piece) => {
      if (piece !== '') first ??= performance.now() - began;
    });
    times.push(first);
  }
  return { ms: median(times) };
}
