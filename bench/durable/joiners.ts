import { Redis } from 'ioredis';
import { forkJoin, from, lastValueFrom, map, reduce } from 'rxjs';
import { type AIMessageChunk, durableRuns } from '../../lib/index.js';
import { redisRunStore } from '../../lib/redis/index.js';
import { startRedis } from '../../spec/support/redis-server.ts';
import { deltas } from './speed.js';
import { RedisWatch } from './redis-watch.js';

const JOINERS = 1_000;
const VALUES = 2_000;

/** Viewers that join a run which is over, all at once, by one process. */
export async function measureJoiners(snapshots: boolean) {
  const redis = await startRedis();
  const [own, other] = [new Redis(redis.url), new Redis(redis.url)];
  try {
    const values = deltas(VALUES);
    const producer = durableRuns({ store: redisRunStore({ client: own }), snapshots });
    await producer.start('run', () => from(values));
    await lastValueFrom(producer.state$('run'));
    const text = values.map((value) => value.text).join('');
    const watch = await RedisWatch.start(redis.url);
    const before = process.memoryUsage().rss;
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
    const viewers = durableRuns({ store: redisRunStore({ client: other }) });
    const started = performance.now();
    const all = await lastValueFrom(
      forkJoin(
        Array.from({ length: JOINERS }, () =>
          viewers.join$<AIMessageChunk>('run').pipe(
            map(({ value }) => value.text),
            reduce((sum, part) => sum + part, ''),
          ),
        ),
      ),
    );
    const seconds = (performance.now() - started) / 1_000;
    clearInterval(timer);
    const { outputBytes } = await watch.stop();
    return {
      joiners: JOINERS,
      values: VALUES,
      complete: all.filter((each) => each === text).length,
      seconds,
      outputMiB: outputBytes / 2 ** 20,
      processMiB: (peak - before) / 2 ** 20,
    };
  } finally {
    own.disconnect();
    other.disconnect();
    await redis.close();
  }
}
