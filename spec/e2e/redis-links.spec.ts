import { setTimeout as wait } from 'node:timers/promises';
import { redisClients } from '../support/redis-clients';
import { count$, LEASE_MS, RedisBench, until, upTo } from '../support/redis-runs';

jest.setTimeout(90_000);
const bench = new RedisBench();
afterEach(() => bench.close());

describe.each(Object.entries(redisClients))('[39] durable runs with %s', (_name, openClient) => {
  /** A run whose producer and viewer have links of their own. */
  async function watched(values: number) {
    const { port } = await bench.server();
    const links = { producer: await bench.proxy(port), viewer: await bench.proxy(port) };
    const own = await bench.store(links.producer.url, openClient);
    const other = await bench.store(links.viewer.url, openClient);
    await bench.runs({ store: own, leaseMs: LEASE_MS }).start('run', () => count$(values));
    return { links, viewer: bench.view(other, 'run') };
  }

  it.each(['producer', 'viewer'] as const)(
    'reach every viewer whole where the link of the %s is dead for 400 ms',
    async (whose) => {
      const { links, viewer } = await watched(100);
      await until(() => viewer.values.length > 20, 'values');
      links[whose].cut(400);
      expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
    },
  );

  it('reach every viewer whole through links that are cut again and again', async () => {
    const { links, viewer } = await watched(150);
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      await until(() => viewer.values.length > cuts * 20, 'values');
      links.producer.cut();
      links.viewer.cut();
    }
    expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(150)]);
  });

  it('have no value twice where what was written was never confirmed', async () => {
    const { links, viewer } = await watched(100);
    for (let cuts = 1; cuts <= 3; cuts += 1) {
      await until(() => viewer.values.length > cuts * 15, 'values');
      links.producer.cutBeforeReply();
    }
    expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
  });
});

describe('[39] durable runs', () => {
  it('go on, whole, once there is memory again', async () => {
    const { url } = await bench.server();
    const [own, other] = [await bench.store(url), await bench.store(url)];
    await bench.runs({ store: own, leaseMs: LEASE_MS }).start('run', () => count$(100));
    const viewer = bench.view(other, 'run');
    await until(() => viewer.values.length > 20, 'values');
    const admin = bench.admin(url);
    await admin.config('SET', 'maxmemory', '1');
    await wait(600);
    await admin.config('SET', 'maxmemory', '0');
    expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
  });

  it.each([
    ['stream_lost', 'the run is deleted', ['DEL', 'rxlm:run:{run}']],
    ['stream_lost', 'its log is deleted', ['DEL', 'rxlm:run:{run}:log']],
    ['stream_lost', 'all is deleted', ['FLUSHALL']],
    ['store_conflict', 'something else is written at its key', ['SET', 'rxlm:run:{run}', 'x']],
    ['store_conflict', 'something else is written as its log', ['SET', 'rxlm:run:{run}:log', 'x']],
  ])('are %s where %s under way', async (code, _what, [command = '', ...args]) => {
    const { url } = await bench.server();
    const [own, other] = [await bench.store(url), await bench.store(url)];
    const left = jest.fn();
    const runs = bench.runs({ store: own, leaseMs: LEASE_MS, onError: left });
    await runs.start('run', () => count$(10_000));
    const viewer = bench.view(other, 'run');
    await until(() => viewer.values.length > 10, 'values');
    await bench.admin(url).call(command, ...args);
    expect(await viewer.ended).toBe(code);
    expect(viewer.values).toEqual(upTo(viewer.values.length));
    await until(() => left.mock.calls.length > 0, 'the producer gives up');
    expect(await bench.view(other, 'run').ended).toBe(code);
  });
});
