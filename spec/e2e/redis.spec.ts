import { setTimeout as wait } from 'node:timers/promises';
import { redisRunStore } from 'rxlm/redis';
import { describeRunStore } from 'rxlm/testing';
import { redisClients } from '../support/redis-clients';
import { type RedisServer, startRedis } from '../support/redis-server';

let server: RedisServer | undefined;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server?.close();
});

describe.each(Object.entries(redisClients))('redisRunStore with %s', (_name, openClient) => {
  describeRunStore(
    'on a real Redis',
    async () => {
      const url = server!.url;
      const own = await openClient(url);
      const another = await openClient(url);
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
});
