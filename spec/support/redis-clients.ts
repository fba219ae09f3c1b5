import { Cluster, Redis } from 'ioredis';
import { Cluster as Cluster6, Redis as Redis6 } from 'ioredis-6';
import { createClient, createCluster } from 'redis';
import { createClient as createClient6, createCluster as createCluster6 } from 'redis-6';
import type { RedisRunStoreOptions } from 'rxlm/redis';

export interface OpenClient {
  readonly client: RedisRunStoreOptions['client'];
  close(): void;
}

/** Opens a client of each package that a store takes, as its users do. */
export const redisClients: Readonly<Record<string, (url: string) => Promise<OpenClient>>> = {
  'redis 5': async (url) => {
    const client = createClient({ url });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  'redis 6': async (url) => {
    const client = createClient6({ url });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  'ioredis 5': async (url) => {
    const client = new Redis(url);
    client.on('error', () => undefined);
    return { client, close: () => client.disconnect() };
  },
  'ioredis 6': async (url) => {
    const client = new Redis6(url);
    client.on('error', () => undefined);
    return { client, close: () => client.disconnect() };
  },
};

/** The same for a cluster, which is found by one of its nodes. */
export const redisClusters: Readonly<Record<string, (url: string) => Promise<OpenClient>>> = {
  'redis 5': async (url) => {
    const client = createCluster({ rootNodes: [{ url }] });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  'redis 6': async (url) => {
    const client = createCluster6({ rootNodes: [{ url }] });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: () => client.destroy() };
  },
  'ioredis 5': async (url) => {
    const client = new Cluster([url]);
    client.on('error', () => undefined);
    return { client, close: () => client.disconnect() };
  },
  'ioredis 6': async (url) => {
    const client = new Cluster6([url]);
    client.on('error', () => undefined);
    return { client, close: () => client.disconnect() };
  },
};
