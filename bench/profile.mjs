// `node bench/profile.mjs "rxlm stream$" text-10000 30`: where one contender spends its time, by function.
import { Session } from 'node:inspector/promises';
import { startServer } from './start-server.mjs';

const [contender = 'rxlm stream$', model = 'text-10000', runs = '30', workload = 'text'] =
  process.argv.slice(2);
const [, file, name] = /^(\S+) (.+)$/.exec(contender);
const contenders = await import(`./contenders/${file}.mjs`);
const server = await startServer();
const run = contenders[workload](server.baseURL)[name];
const repeat = async () => {
  for (let i = 0; i < Number(runs); i += 1) await run(model, () => {});
};

await repeat();
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 200 });
await session.post('Profiler.start');
await repeat();
const { profile } = await session.post('Profiler.stop');
server.stop();

const self = new Map();
const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
profile.samples.forEach((id, sample) => {
  const { functionName, url, lineNumber } = nodes.get(id);
  const where = `${functionName || '(anonymous)'} ${url.replace(/.*\/node_modules\//, '')}:${lineNumber + 1}`;
  self.set(where, (self.get(where) ?? 0) + profile.timeDeltas[sample]);
});
const idle = self.get('(idle) :0') ?? 0;
const total = [...self.values()].reduce((sum, each) => sum + each, -idle);
for (const [where, micros] of [...self].sort(([, a], [, b]) => b - a).slice(0, 30))
  if (!where.startsWith('(idle)'))
    console.log(`${((100 * micros) / total).toFixed(1).padStart(5)} %  ${where}`);
