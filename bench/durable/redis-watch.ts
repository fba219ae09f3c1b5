import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 5;

/** Looks at Redis from the side: how large the output buffers of all its clients have become, and what it has sent. */
export class RedisWatch {
  readonly #client: Redis;
  #outputBytes = 0;
  #isWatching = true;
  #watching: Promise<void> = Promise.resolve();
  #sentBefore = 0;
  /** What Redis has sent to this one. */
  #ownBytes = 0;

  private constructor(client: Redis) {
    this.#client = client;
  }

  static async start(url: string): Promise<RedisWatch> {
    const watch = new RedisWatch(new Redis(url));
    watch.#sentBefore = await watch.#sent();
    watch.#watching = watch.#watch();
    return watch;
  }

  async stop(): Promise<{ outputBytes: number; sentBytes: number }> {
    this.#isWatching = false;
    await this.#watching;
    const sentBytes = (await this.#sent()) - this.#sentBefore - this.#ownBytes;
    this.#client.disconnect();
    return { outputBytes: this.#outputBytes, sentBytes };
  }

  async #watch(): Promise<void> {
    while (this.#isWatching) {
      const list = String(await this.#client.call('CLIENT', 'LIST'));
      this.#ownBytes += list.length;
      const bytes = [...list.matchAll(/ omem=(\d+)/g)].reduce(
        (sum, [, each]) => sum + Number(each),
        0,
      );
      this.#outputBytes = Math.max(this.#outputBytes, bytes);
      await wait(EVERY_MS);
    }
  }

  async #sent(): Promise<number> {
    return Number(/total_net_output_bytes:(\d+)/.exec(await this.#client.info('stats'))?.[1]);
  }
}
