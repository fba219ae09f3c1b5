import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { interval, lastValueFrom, map, Subject, switchMap, take } from 'rxjs';
import { durableRuns } from '../../lib/index.js';
import { redisRunStore } from '../../lib/redis/index.js';
import { startRedis } from '../../spec/support/redis-server.ts';
import { percentile } from './percentile.js';
import { RedisWatch } from './redis-watch.js';

const PROCESSES = 4;
const VIEWERS = 1_250;
const VALUES = 300;
const EVERY_MS = 33;
const VIEW = fileURLToPath(new URL('view.ts', import.meta.url));

/** What one process says at its end. */
export interface Viewed {
  readonly whole: number;
  readonly delays: readonly number[];
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** One live run, watched by several processes with many viewers each. */
export async function measureFanOut() {
  const redis = await startRedis();
  const client = new Redis(redis.url);
  const children: ChildProcess[] = [];
  try {
    const runs = durableRuns({ store: redisRunStore({ client }) });
    const begin = new Subject<void>();
    await runs.start('run', () =>
      begin.pipe(
        switchMap(() => interval(EVERY_MS)),
        take(VALUES),
        map((at) => ({ at, sent: Date.now() })),
      ),
    );
    const told = Array.from({ length: PROCESSES }, () => {
      const args = [redis.url, 'run', String(VIEWERS), String(VALUES)];
      const child = spawn(process.execPath, ['--import', 'tsx', VIEW, ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      return lineReader(child);
    });
    // They say when they have joined, and what they have seen.
    await Promise.all(told.map((next) => next()));
    const watch = await RedisWatch.start(redis.url);
    begin.next();
    const viewed = (await Promise.all(told.map((next) => next()))).map(
      (line) => JSON.parse(line) as Viewed,
    );
    await lastValueFrom(runs.state$('run'));
    const { outputBytes, sentBytes } = await watch.stop();
    const delays = viewed.flatMap((each) => each.delays);
    return {
      viewers: PROCESSES * VIEWERS,
      processes: PROCESSES,
      values: VALUES,
      perSecond: 1_000 / EVERY_MS,
      whole: viewed.reduce((sum, { whole }) => sum + whole, 0),
      delayMs: percentile(delays, 0.5),
      delayP99Ms: percentile(delays, 0.99),
      cpuShare: viewed.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / PROCESSES / (VALUES * EVERY_MS),
      processMiB: Math.max(...viewed.map(({ rssMiB }) => rssMiB)),
      outputMiB: outputBytes / 2 ** 20,
      sentPerValue: sentBytes / VALUES,
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    client.disconnect();
    await redis.close();
  }
}

function lineReader(child: ChildProcess): () => Promise<string> {
  const lines: string[] = [];
  let rest = '';
  let wake: () => void = () => undefined;
  child.stdout?.on('data', (data: Buffer) => {
    const all = (rest + data.toString()).split('\n');
    rest = all.pop() ?? '';
    lines.push(...all);
    wake();
  });
  return async () => {
    while (lines.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return lines.shift() ?? '';
  };
}
