import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { config as rxjs } from 'rxjs';
import { planOf } from './plan.js';
import { runPlan } from './run-plan.js';
import { SoakServer } from './start-server.js';

/**
 * `npm run soak -- [--minutes 3] [--seed n] [--only index]`: runs with random faults, views and ways of leaving, until
 * the time is over. Then nothing may be left of them: no socket, no timer, no listener, no memory. Exits with 1 otherwise.
 */
const { values: args } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    only: { type: 'string' },
  },
});
const seed = Number(args.seed);
const MB = 1_000_000;
const AT_ONCE = 24;
/** Runs between two looks at the heap. */
const ROUND = 1000;

const faults: string[] = [];
const fault = (what: string): void => {
  if (faults.push(what) <= 50) console.log(`FAULT ${what}`);
};
const outcomes = new Map<string, number>();
process.on('warning', (warning) => {
  fault(`warning: ${String(warning)}`);
});
process.on('unhandledRejection', (reason) => {
  fault(`unhandled rejection: ${String(reason)}`);
});
process.on('uncaughtException', (error) => {
  fault(`uncaught: ${String(error.stack)}`);
});
rxjs.onUnhandledError = (error) => {
  fault(`unhandled by RxJS: ${String(error)}`);
};

const server = await SoakServer.start();
const shared = new AbortController();
let runs = 0;

async function round(begin: number, count: number, until: number): Promise<void> {
  let next = begin;
  const worker = async (): Promise<void> => {
    while (next < begin + count && Date.now() < until) {
      const plan = planOf(seed, next);
      next += 1;
      const base = plan.fault === 'refused' ? server.refusedUrl : server.url;
      const { code, broken } = await runPlan(plan, `${base}${plan.path}`, shared.signal);
      runs += 1;
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      for (const what of broken) fault(`${what}: ${JSON.stringify(plan)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function heap(): Promise<number> {
  for (let i = 0; i < 5; i += 1) {
    await wait(100);
    global.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

console.log(`seed ${seed}, ${args.minutes} minutes, ${AT_ONCE} runs at once`);
if (args.only !== undefined) {
  await round(Number(args.only), 1, Infinity);
} else {
  const until = Date.now() + Number(args.minutes) * 60_000;
  const heaps: number[] = [];
  while (Date.now() < until) {
    await round(runs, ROUND, until);
    heaps.push(await heap());
    console.log(
      `${runs} runs, heap ${((heaps.at(-1) ?? 0) / MB).toFixed(1)} MB, ${faults.length} faults`,
    );
  }
  // The first round fills the caches that every program fills.
  const growth = (heaps.at(-1) ?? 0) - (heaps[1] ?? heaps[0] ?? 0);
  console.log(`heap growth after warming up: ${(growth / MB).toFixed(1)} MB`);
  if (growth > 5 * MB) fault(`the heap grew by ${growth} bytes`);
}

// Connections that are kept for the next request close by themselves after a few seconds.
const patience = Date.now() + 15_000;
let state = await server.state();
while (state.openSockets > 0 && Date.now() < patience) {
  await wait(250);
  state = await server.state();
}
const listeners = getEventListeners(shared.signal, 'abort').length;
await server.close();
await wait(50);
const resources = process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY|File)/.test(name));

console.log(`${runs} runs`);
for (const [code, count] of [...outcomes].sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(8)} ${code}`);
console.log(`open sockets: ${state.openSockets}`);
console.log(`timers and other resources: ${resources.length} ${resources.join(' ')}`);
console.log(`listeners on the shared signal: ${listeners}`);
if (state.openSockets > 0) fault(`${state.openSockets} sockets are open`);
if (resources.length > 0) fault(`open: ${resources.join(' ')}`);
if (listeners > 0) fault(`${listeners} listeners are left`);
for (const reason of state.unplanned)
  fault(`the server met what it had not planned for: ${reason}`);
console.log(faults.length === 0 ? 'nothing left, nothing broken' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
