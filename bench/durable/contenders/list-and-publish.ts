import { Redis } from 'ioredis';
import { finalize, Observable } from 'rxjs';
import type { Contender } from './contender.js';

const END = 'END';

/** What is made by hand most often: values are pushed to a list and published; a reader subscribes, then reads the list. */
export const listAndPublish: Contender = {
  produce: async (url, id, value$) => {
    const redis = new Redis(url);
    redis.on('error', () => undefined);
    await redis.set(`${id}:there`, '1', 'EX', 3600);
    const push = (text: string): void => {
      void redis
        .multi()
        .rpush(`${id}:log`, text)
        .publish(`${id}:live`, text)
        .exec()
        .catch(() => undefined);
    };
    value$.subscribe({
      next: (value) => {
        push(String(value));
      },
      complete: () => {
        push(END);
      },
      error: () => {
        push(END);
      },
    });
  },
  consume: (url, id) => {
    const [redis, live] = [new Redis(url), new Redis(url)];
    for (const client of [redis, live]) client.on('error', () => undefined);
    return new Observable<number>((subscriber) => {
      let held: string[] | undefined = [];
      const show = (text: string): void => {
        if (text === END) subscriber.complete();
        else subscriber.next(Number(text));
      };
      live.on('message', (_channel: string, text: string) => {
        if (held === undefined) show(text);
        else held.push(text);
      });
      const begin = async (): Promise<void> => {
        await live.subscribe(`${id}:live`);
        const past = await redis.lrange(`${id}:log`, 0, -1);
        if (past.length === 0 && (await redis.exists(`${id}:there`)) === 0)
          throw new Error('there is no such stream');
        const missed = (held ?? []).filter((text) => !past.includes(text));
        held = undefined;
        for (const text of [...past, ...missed]) show(text);
      };
      begin().catch((error: unknown) => {
        subscriber.error(error);
      });
    }).pipe(
      finalize(() => {
        redis.disconnect();
        live.disconnect();
      }),
    );
  },
};
