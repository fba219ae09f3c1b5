import { createHash } from 'node:crypto';

/** So many runs one after another: CPU and wall of all of them in µs, and what they said. */
export async function perform(run, { model, runs }) {
  const texts = [];
  const began = performance.now();
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i += 1) {
    let text = '';
    await run(model, (piece) => {
      text += piece;
    });
    texts.push(text);
  }
  const { user, system } = process.cpuUsage(before);
  const wall = 1000 * (performance.now() - began);
  const hashes = new Set(texts.map((text) => createHash('sha256').update(text).digest('hex')));
  return { cpu: user + system, wall, hashes: [...hashes] };
}
