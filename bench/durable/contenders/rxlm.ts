import { Redis } from 'ioredis';
import { defer, finalize, map } from 'rxjs';
import { durableRuns } from '../../../lib/index.js';
import { redisRunStore } from '../../../lib/redis/index.js';
import type { Contender } from './contender.js';

const LEASE_MS = 2_000;

function connect(url: string): Redis {
  const client = new Redis(url);
  client.on('error', () => undefined);
  return client;
}

/** `durableRuns` over `redisRunStore`, with a lease that is short enough for a bench. */
export const rxlm: Contender = {
  produce: async (url, id, value$) => {
    const store = redisRunStore({ client: connect(url) });
    const runs = durableRuns({ store, leaseMs: LEASE_MS, onError: () => undefined });
    await runs.start(id, () => value$);
  },
  consume: (url, id) =>
    defer(() => {
      const client = connect(url);
      return durableRuns({ store: redisRunStore({ client }), leaseMs: LEASE_MS })
        .join$<number>(id)
        .pipe(
          map(({ value }) => value),
          finalize(() => {
            client.disconnect();
          }),
        );
    }),
};
