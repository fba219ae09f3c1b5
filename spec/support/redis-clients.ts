import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisRunStoreOptions } from 'rxlm/redis';

export interface OpenClient {
  readonly client: RedisRunStoreOptions['client'];
  close(): void;
}

/** Opens a client of each package that a store takes, as its users do. */
export const redisClients: Readonly<
  Record<'redis' | 'ioredis', (url: string) => Promise<OpenClient>>
> = {
  redis: async (url) => {
    const client = createClient({ url });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  ioredis: async (url) => {
    const client = new Redis(url);
    client.on('error', () => undefined);
    return { client, close: () => client.disconnect() };
  },
};
