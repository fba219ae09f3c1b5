import type { Redis } from 'ioredis';
import { RedisBench } from '../support/redis-runs';

jest.setTimeout(60_000);
const bench = new RedisBench();
afterEach(() => bench.close());

const claim = { token: 't', leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000 };
const page = { after: 0, limit: 256, maxChars: 1e6 };

describe('redisRunStore', () => {
  it.each([
    ['deleted', (client: Redis) => client.del('rxlm:run:{run}:log')],
    ['trimmed', (client: Redis) => client.xtrim('rxlm:run:{run}:log', 'MAXLEN', 1)],
  ])('finds a log that was %s, also of a run that is over', async (_how, damage) => {
    const { url } = await bench.server();
    const store = await bench.store(url);
    const reply = await store.claim('run', claim);
    const epoch = reply.ok ? reply.epoch : 0;
    const batch = { ...claim, epoch, after: 0, entries: ['1', '2'] };
    await store.append('run', 't', { ...batch, ending: { state: 'end' } });
    await damage(bench.admin(url));
    expect(await store.read('run', page)).toMatchObject({
      last: 0,
      entries: [],
      ending: { state: 'stream_lost' },
    });
  });

  it('answers with a typed error where something else is at its key', async () => {
    const { url } = await bench.server();
    await bench.admin(url).set('rxlm:run:{run}', 'mine');
    const viewer = bench.view(await bench.store(url), 'run');
    expect(await viewer.ended).toBe('store_conflict');
    expect(await bench.admin(url).get('rxlm:run:{run}')).toBe('mine');
  });

  it('keeps the lease and is read where memory is used up, and appends once there is some', async () => {
    const { url } = await bench.server();
    const store = await bench.store(url);
    const reply = await store.claim('run', claim);
    const batch = { ...claim, epoch: reply.ok ? reply.epoch : 0, after: 0, entries: ['1', '2'] };
    const client = bench.admin(url);
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
    const { url } = await bench.server();
    const store = await bench.store(url);
    await store.claim('run', claim);
    await bench.admin(url).script('FLUSH');
    expect(await store.claim('run', claim)).toMatchObject({ ok: true });
  });
});
