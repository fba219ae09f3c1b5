import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { interval, type Observable, take } from 'rxjs';
import {
  type DurableRuns,
  durableRuns,
  type DurableRunsOptions,
  RxlmError,
  type RunStore,
} from 'rxlm';
import { redisRunStore } from 'rxlm/redis';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy';
import { redisClients } from './redis-clients';
import { type RedisServer, startRedis } from './redis-server';

/** Short enough for a spec, longer than the pauses of a machine that is shared. */
export const LEASE_MS = 3_000;

/** What a viewer has got, and with what it ended. */
export interface View<T = number> {
  readonly values: readonly T[];
  readonly ended: Promise<string>;
}

/** Whatever a spec opens, and how it is closed. */
export class RedisBench {
  readonly #closers: (() => unknown)[] = [];

  async server(options: readonly string[] = []): Promise<RedisServer> {
    const server = await startRedis(options);
    this.onClose(() => server.close());
    return server;
  }

  async proxy(port: number): Promise<CuttingProxy> {
    const proxy = await startCuttingProxy(port);
    this.onClose(() => proxy.close());
    return proxy;
  }

  async store(url: string, openClient = redisClients['ioredis 5']!): Promise<RunStore> {
    const { client, close } = await openClient(url);
    this.onClose(close);
    return redisRunStore({ client });
  }

  admin(url: string): Redis {
    const client = new Redis(url);
    client.on('error', () => undefined);
    this.onClose(() => client.disconnect());
    return client;
  }

  /** Runs whose producers are closed before their connection is: a reply may be under way when a viewer has reached the ending. */
  runs(options: DurableRunsOptions): DurableRuns {
    const runs = durableRuns(options);
    this.onClose(() => runs.close());
    return runs;
  }

  view<T = number>(store: RunStore, id: string, patienceMs = 30_000): View<T> {
    const values: T[] = [];
    const ended = new Promise<string>((resolve) => {
      const viewed = durableRuns({ store, leaseMs: LEASE_MS, patienceMs })
        .join$<T>(id)
        .subscribe({
          next: ({ value }) => values.push(value),
          error: (error: unknown) => resolve(RxlmError.is(error) ? error.code : String(error)),
          complete: () => resolve('end'),
        });
      this.onClose(() => viewed.unsubscribe());
    });
    return { values, ended };
  }

  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

/** 0, 1, 2, … */
export const count$ = (values: number): Observable<number> => interval(20).pipe(take(values));
export const upTo = (length: number): number[] => Array.from({ length }, (_, at) => at);

/** Polls until it is so, and fails with what was waited for. */
export async function until(isSo: () => boolean, what: string, ms = 20_000): Promise<void> {
  for (const start = performance.now(); !isSo();) {
    if (performance.now() - start > ms) throw new Error(`not within ${String(ms)} ms: ${what}`);
    await wait(10);
  }
}
