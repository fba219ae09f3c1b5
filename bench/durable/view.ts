import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';
import { forkJoin, lastValueFrom, scan } from 'rxjs';
import { durableRuns } from '../../lib/index.js';
import { redisRunStore } from '../../lib/redis/index.js';
import type { Viewed } from './fan-out.js';

// Viewers of one run, in a process of their own. Arguments: Redis' URL, the run, how many viewers, how many values it has.
const [url = '', id = '', viewers = '', values = ''] = process.argv.slice(2);
const client = new Redis(url);
const runs = durableRuns({ store: redisRunStore({ client }) });
const JOINED_MS = 2_000;
const delays: number[] = [];
const seen = lastValueFrom(
  forkJoin(
    Array.from({ length: Number(viewers) }, (_, viewer) =>
      runs.join$<{ at: number; sent: number }>(id).pipe(
        scan((count, { value }) => {
          if (viewer % 50 === 0) delays.push(Date.now() - value.sent);
          return value.at === count ? count + 1 : NaN;
        }, 0),
      ),
    ),
  ),
);
// All of them have joined by then.
await wait(JOINED_MS);
process.stdout.write('ready\n');
const begun = process.cpuUsage();
const counts = await seen;
const { user, system } = process.cpuUsage(begun);
const viewed: Viewed = {
  whole: counts.filter((count) => count === Number(values)).length,
  delays,
  cpuMs: (user + system) / 1_000,
  rssMiB: process.memoryUsage().rss / 2 ** 20,
};
process.stdout.write(`${JSON.stringify(viewed)}\n`);
client.disconnect();
