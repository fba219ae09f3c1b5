import { setTimeout as wait } from 'node:timers/promises';
import { interval, lastValueFrom, map, take, toArray } from 'rxjs';
import { durableRuns } from 'rxlm';
import { redisRunStore } from 'rxlm/redis';
import { describeRunStore } from 'rxlm/testing';
import { redisClusters } from '../support/redis-clients';
import { startRedisCluster } from '../support/redis-cluster';

jest.setTimeout(60_000);
let cluster: Awaited<ReturnType<typeof startRedisCluster>> | undefined;
beforeAll(async () => {
  cluster = await startRedisCluster(2);
});
afterAll(async () => {
  await cluster?.close();
});

describe.each(Object.entries(redisClusters))(
  'redisRunStore with a cluster of %s',
  (_name, open) => {
    describeRunStore(
      'on two nodes',
      async () => {
        const own = await open(cluster!.url);
        const another = await open(cluster!.url);
        return {
          store: redisRunStore({ client: own.client }),
          other: redisRunStore({ client: another.client }),
          advance: async (ms) => wait(ms + 5),
          close: () => {
            own.close();
            another.close();
          },
        };
      },
      { describe, it },
    );

    it('runs on every node are seen by viewers of another process', async () => {
      const own = await open(cluster!.url);
      const another = await open(cluster!.url);
      const runs = durableRuns({ store: redisRunStore({ client: own.client }) });
      const others = durableRuns({ store: redisRunStore({ client: another.client }) });
      const ids = Array.from({ length: 12 }, () => crypto.randomUUID());
      const seen = await Promise.all(
        ids.map(async (id) => {
          await runs.start(id, () => interval(5).pipe(take(20)));
          return await lastValueFrom(
            others.join$<number>(id).pipe(
              map(({ value }) => value),
              toArray(),
            ),
          );
        }),
      );
      for (const values of seen) expect(values).toEqual(Array.from({ length: 20 }, (_, at) => at));
      own.close();
      another.close();
    });
  },
);
