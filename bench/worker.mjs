// One contender in a process of its own: neither its garbage nor what it does to the engine is another's cost.
// LangChain's AsyncLocalStorage, for one, makes every promise of its process dearer.
import { createHash } from 'node:crypto';

const { contender, workload, baseURL } = JSON.parse(process.argv[2]);
const [, file, name] = /^(\S+) (.+)$/.exec(contender);
const contenders = await import(`./contenders/${file}.mjs`);
const run = contenders[workload](baseURL)[name];

process.on('message', async ({ model, runs }) => {
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
  process.send({ cpu: user + system, wall, hashes: [...hashes] });
});
process.send('ready');
