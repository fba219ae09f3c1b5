import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IoRedisClient, NodeRedisClient } from '../redis/redis-client.js';

/** A connected client of Redis, and what closes it. */
export interface OpenRedis {
  readonly client: NodeRedisClient | IoRedisClient;
  readonly close: () => void;
}

/** The package `redis`, as far as it is used. */
interface NodeRedis {
  createClient(options: object): NodeRedisClient & {
    on(event: 'error', listener: () => void): unknown;
    connect(): Promise<unknown>;
    destroy(): void;
  };
}

/** The package `ioredis`, as far as it is used. */
interface IoRedis {
  Redis: new (
    url: string,
    options: object,
  ) => IoRedisClient & {
    on(event: 'error', listener: () => void): unknown;
    connect(): Promise<unknown>;
    disconnect(): void;
  };
}

const TRIES = 5;
const WAIT_MS = 200;

/**
 * A client by the package `redis` or `ioredis`, as a file at one of these places would import it: in the user's folder, or beside
 * rxlm. Rejects where there is none.
 */
export async function openRedis(
  url: string,
  places: readonly string[] = [join(process.cwd(), 'package.json'), process.argv[1] ?? ''],
): Promise<OpenRedis> {
  const nodeRedis = installed('redis', places) as NodeRedis | undefined;
  if (nodeRedis !== undefined) {
    const reconnectStrategy = (tries: number) => (tries < TRIES ? WAIT_MS : false);
    const client = nodeRedis.createClient({ url, socket: { reconnectStrategy } });
    client.on('error', () => undefined);
    await connected(client.connect());
    return {
      client,
      close: () => {
        client.destroy();
      },
    };
  }
  const ioRedis = installed('ioredis', places) as IoRedis | undefined;
  if (ioRedis === undefined)
    throw new Error(
      'rxlm runs needs a client of Redis: npm install redis (or ioredis), then run this again in that folder',
    );
  const retryStrategy = (tries: number) => (tries < TRIES ? WAIT_MS : null);
  const client = new ioRedis.Redis(url, { lazyConnect: true, retryStrategy });
  client.on('error', () => undefined);
  await connected(client.connect());
  return {
    client,
    close: () => {
      client.disconnect();
    },
  };
}

/** What a client says of a failure may have the URL in it, and that a password. */
async function connected(connecting: Promise<unknown>): Promise<void> {
  try {
    await connecting;
  } catch (cause) {
    throw new Error('Redis cannot be reached. Check the address, the password and the server', {
      cause,
    });
  }
}

function installed(name: string, places: readonly string[]): unknown {
  for (const place of places.filter((each) => each !== '')) {
    try {
      return createRequire(place)(name) as unknown;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}
