import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readAll, type Seen, stall } from './clients.js';

/**
 * `npm run bench:browsers -- [--clients 500] [--stalled 100]`: so many clients at one server of rxlm, each with an answer of
 * 100 deltas in 10 seconds; first straight from the provider, then through a few lines over `fetch`, then twice through
 * rxlm, then with others that take nothing. Prints what a delta's way takes, what the server's memory was, and what became
 * of those that stalled.
 */
const { values: args } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    stalled: { type: 'string', default: '100' },
  },
});
const clients = Number(args.clients);
const stalled = Number(args.stalled);

const children: ChildProcess[] = [];
async function start(file: string, ...argv: string[]) {
  const execArgv = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = fork(new URL(file, import.meta.url), argv, { execArgv });
  children.push(child);
  const died = once(child, 'exit').then(() => Promise.reject(new Error(`${file} has ended`)));
  const [port] = (await Promise.race([once(child, 'message'), died])) as [number];
  const ask = async <T>(): Promise<T> => {
    child.send('?');
    const [recorded] = (await once(child, 'message')) as [T];
    return recorded;
  };
  return { url: `http://127.0.0.1:${port}`, ask };
}

const at = ({ latencies }: Seen, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
const MB = 1_000_000;

interface Usage {
  readonly most: number;
  readonly cpu: NodeJS.CpuUsage;
}

const provider = await start('provider.ts');
const floor = await start('floor.mjs', provider.url);
const server = await start('server.mjs', provider.url);

function recordRun(what: string, seen: Seen): void {
  const [half, p99, all] = [0.5, 0.99, 1].map((share) => at(seen, share).toFixed(1));
  console.log(
    `${what}: ${seen.complete} of ${clients} complete, ${seen.latencies.length} deltas, ms p50 ${half}, p99 ${p99}, max ${all}`,
  );
}

const direct = await readAll(`${provider.url}/v1/messages`, clients, 'message_stop');
recordRun('straight from the provider', direct);

/** All clients at one server, and what that adds. */
async function through(what: string, { url, ask }: typeof server): Promise<void> {
  const { cpu: before } = await ask<Usage>();
  const seen = await readAll(url, clients, 'event: end');
  recordRun(what, seen);
  const { most, cpu } = await ask<Usage>();
  const micros = cpu.user + cpu.system - before.user - before.system;
  console.log(
    `  added: p50 ${(at(seen, 0.5) - at(direct, 0.5)).toFixed(1)}, p99 ${(at(seen, 0.99) - at(direct, 0.99)).toFixed(1)} ms; its CPU ${Math.round(micros / seen.latencies.length)} µs a delta; its memory at most ${Math.round(most / MB)} MB`,
  );
}
await through('through fetch and a loop', floor);
await through('through rxlm', server);
await through('through rxlm a second time', server);

const flood = () => provider.ask<{ readonly flooded: number; readonly floods: number }>();
const leave = await stall(server.url, stalled);
/** Until the buffers of all sockets on the way are full: before that they take what comes. */
for (let before = -1, now = 0; now > before; now = (await flood()).flooded) {
  before = now;
  await wait(500);
}
const beside = await readAll(server.url, clients, 'event: end');
recordRun(`with ${stalled} more that take nothing`, beside);
const { most: then } = await server.ask<{ most: number }>();
const { flooded, floods } = await flood();
console.log(
  `  added: p99 ${(at(beside, 0.99) - at(direct, 0.99)).toFixed(1)} ms; memory: at most ${Math.round(then / MB)} MB; of the stalled, ${floods} sockets at the provider are open, ${(flooded / MB / stalled).toFixed(2)} MB sent to each`,
);
leave();
for (const child of children) child.kill();
process.exit(0);
