import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { interval, take } from 'rxjs';
import { durableRuns, RxlmError, type RunStore } from 'rxlm';
import { redisRunStore } from 'rxlm/redis';
import { startCuttingProxy } from '../support/cutting-proxy';
import { redisClients } from '../support/redis-clients';
import { startRedis } from '../support/redis-server';

jest.setTimeout(60_000);
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function redis(options: string[] = []) {
  const server = await startRedis(options);
  closers.push(() => server.close());
  return server;
}
async function storeAt(url: string, openClient = redisClients['ioredis 5']!): Promise<RunStore> {
  const { client, close } = await openClient(url);
  closers.push(close);
  return redisRunStore({ client });
}
function admin(url: string): Redis {
  const client = new Redis(url);
  closers.push(() => client.disconnect());
  return client;
}

/** What a viewer has got, and with what it ended. */
function view(store: RunStore, id: string) {
  const values: number[] = [];
  const ended = new Promise<string>((resolve) => {
    durableRuns({ store, leaseMs: 3_000 })
      .join$<number>(id)
      .subscribe({
        next: ({ value }) => values.push(value),
        error: (error: unknown) => resolve(RxlmError.is(error) ? error.code : String(error)),
        complete: () => resolve('end'),
      });
  });
  return { values, ended };
}
const count$ = (values: number) => interval(20).pipe(take(values));
const upTo = (length: number) => Array.from({ length }, (_, at) => at);
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await wait(10);
};
const claim = { token: 't', leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000 };
const page = { after: 0, limit: 256, maxChars: 1e6 };

describe.each(Object.entries(redisClients))('durable runs with %s', (_name, openClient) => {
  it('are stream_lost for every viewer where Redis comes back empty', async () => {
    const server = await redis();
    const [own, other] = [
      await storeAt(server.url, openClient),
      await storeAt(server.url, openClient),
    ];
    const runs = durableRuns({ store: own, leaseMs: 3_000, onError: () => undefined });
    await runs.start('run', () => count$(10_000));
    const viewer = view(other, 'run');
    await until(() => viewer.values.length > 10);
    await server.kill();
    await server.start();
    expect(await viewer.ended).toBe('stream_lost');
    expect(viewer.values).toEqual(upTo(viewer.values.length));
    const late = view(other, 'run');
    expect([await late.ended, late.values]).toEqual(['stream_lost', []]);
  });

  it('go on, whole, where Redis comes back with its append-only file', async () => {
    const server = await redis(['--appendonly', 'yes', '--appendfsync', 'always']);
    const [own, other] = [
      await storeAt(server.url, openClient),
      await storeAt(server.url, openClient),
    ];
    const runs = durableRuns({ store: own, leaseMs: 15_000 });
    await runs.start('run', () => count$(100));
    const viewer = view(other, 'run');
    await until(() => viewer.values.length > 10);
    await server.kill();
    await server.start();
    expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
  });

  it('reach every viewer whole through links that are cut again and again', async () => {
    const server = await redis();
    const proxy = await startCuttingProxy(server.port);
    closers.push(() => proxy.close());
    const url = `redis://127.0.0.1:${String(proxy.port)}`;
    const [own, other] = [await storeAt(url, openClient), await storeAt(url, openClient)];
    await durableRuns({ store: own }).start('run', () => count$(100));
    const viewer = view(other, 'run');
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      await until(() => viewer.values.length > cuts * 10);
      proxy.cut();
    }
    expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
  });
});

describe('redisRunStore', () => {
  it.each([
    ['deleted', (client: Redis) => client.del('rxlm:run:{run}:log')],
    ['trimmed', (client: Redis) => client.xtrim('rxlm:run:{run}:log', 'MAXLEN', 1)],
  ])('finds a log that was %s, also of a run that is over', async (_how, damage) => {
    const { url } = await redis();
    const store = await storeAt(url);
    const reply = await store.claim('run', claim);
    const epoch = reply.ok ? reply.epoch : 0;
    const batch = { ...claim, epoch, after: 0, entries: ['1', '2'] };
    await store.append('run', 't', { ...batch, ending: { state: 'end' } });
    await damage(admin(url));
    expect(await store.read('run', page)).toMatchObject({
      last: 0,
      entries: [],
      ending: { state: 'stream_lost' },
    });
  });

  it('answers with a typed error where something else is at its key', async () => {
    const { url } = await redis();
    await admin(url).set('rxlm:run:{run}', 'mine');
    const viewer = view(await storeAt(url), 'run');
    expect(await viewer.ended).toBe('store_conflict');
    expect(await admin(url).get('rxlm:run:{run}')).toBe('mine');
  });

  it('keeps the lease and is read where memory is used up, and appends once there is some', async () => {
    const { url } = await redis();
    const store = await storeAt(url);
    const reply = await store.claim('run', claim);
    const batch = { ...claim, epoch: reply.ok ? reply.epoch : 0, after: 0, entries: ['1', '2'] };
    const client = admin(url);
    await client.config('SET', 'maxmemory', '1');
    await expect(store.append('run', 't', batch)).rejects.toThrow('OOM');
    expect(await store.append('run', 't', { ...batch, entries: [] })).toMatchObject({
      ok: true,
      last: 0,
    });
    expect(await store.read('run', page)).toMatchObject({ last: 0, entries: [] });
    await client.config('SET', 'maxmemory', '0');
    expect(await store.append('run', 't', batch)).toMatchObject({ ok: true, last: 2 });
  });

  it('goes on after Redis has forgotten its scripts', async () => {
    const { url } = await redis();
    const store = await storeAt(url);
    await store.claim('run', claim);
    await admin(url).script('FLUSH');
    expect(await store.claim('run', claim)).toMatchObject({ ok: true });
  });
});
