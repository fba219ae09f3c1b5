import { Redis } from 'ioredis';
import { from, lastValueFrom } from 'rxjs';
import { AIMessageChunk, durableRuns } from '../../lib/index.js';
import { redisRunStore } from '../../lib/redis/index.js';
import { startRedis } from '../../spec/support/redis-server.ts';
import { percentile } from './percentile.js';

const APPENDS = 4_000;
const VALUES = 100_000;
const MEASURED = 10_000;

/** Deltas of a model as they are stored: about 90 bytes each. */
export function deltas(count: number): AIMessageChunk[] {
  return Array.from(
    { length: count },
    (_, at) => new AIMessageChunk({ id: 'run-1', content: `word ${String(at)} ` }),
  );
}

/** What storing costs: time for one append and for many, and memory. */
export async function measureSpeed() {
  const redis = await startRedis();
  const client = new Redis(redis.url);
  const store = redisRunStore({ client });
  const claim = { token: 't', leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000 };
  try {
    const reply = await store.claim('one', claim);
    const epoch = reply.ok ? reply.epoch : 0;
    const entry = JSON.stringify(deltas(1)[0]);
    const times = { append: [] as number[], xadd: [] as number[] };
    // In turns, so that whatever else the machine does meets both.
    for (let at = 0; at < APPENDS; at += 1) {
      const start = performance.now();
      await client.xadd('bare', `${String(at + 1)}-0`, 'd', entry);
      const middle = performance.now();
      await store.append('one', 't', { ...claim, epoch, after: at, entries: [entry] });
      if (at < APPENDS / 4) continue;
      times.xadd.push(middle - start);
      times.append.push(performance.now() - middle);
    }

    const runs = durableRuns({ store, snapshots: true });
    const values = deltas(VALUES);
    const started = performance.now();
    await runs.start('many', () => from(values));
    await lastValueFrom(runs.state$('many'));
    const seconds = (performance.now() - started) / 1_000;

    await runs.start('memory', () => from(values.slice(0, MEASURED)));
    await lastValueFrom(runs.state$('memory'));
    const bytes = values
      .slice(0, MEASURED)
      .reduce((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0);
    const [log, run] = await Promise.all(
      ['rxlm:run:{memory}:log', 'rxlm:run:{memory}'].map(async (key) =>
        Number(await client.call('MEMORY', 'USAGE', key, 'SAMPLES', '0')),
      ),
    );
    return {
      appendMs: percentile(times.append, 0.5),
      appendP99Ms: percentile(times.append, 0.99),
      xaddMs: percentile(times.xadd, 0.5),
      eventsPerSecond: VALUES / seconds,
      bytesPerEvent: bytes / MEASURED,
      memoryPerEvent: ((log ?? NaN) + (run ?? NaN)) / MEASURED,
    };
  } finally {
    client.disconnect();
    await redis.close();
  }
}
