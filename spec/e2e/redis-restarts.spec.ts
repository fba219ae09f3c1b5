import { setTimeout as wait } from 'node:timers/promises';
import type { RunStore } from 'rxlm';
import { redisClients } from '../support/redis-clients';
import { count$, LEASE_MS, RedisBench, until, upTo, type View } from '../support/redis-runs';

jest.setTimeout(90_000);
const bench = new RedisBench();
afterEach(() => bench.close());

/** Every viewer has a beginning of the run without holes, and learns of the loss: those that were there, and one that comes late. */
async function expectLoss(views: readonly View[], late: RunStore) {
  for (const { ended, values } of views) {
    expect(await ended).toBe('stream_lost');
    expect(values).toEqual(upTo(values.length));
  }
  const last = bench.view(late, 'run');
  expect(await last.ended).toBe('stream_lost');
  expect(last.values).toEqual(upTo(last.values.length));
}

describe.each(Object.entries(redisClients))('[39] durable runs with %s', (_name, openClient) => {
  it('are stream_lost for every viewer where Redis comes back empty', async () => {
    const server = await bench.server();
    const [own, other] = [
      await bench.store(server.url, openClient),
      await bench.store(server.url, openClient),
    ];
    const left = jest.fn();
    const runs = bench.runs({ store: own, leaseMs: LEASE_MS, onError: left });
    await runs.start('run', () => count$(10_000));
    const views = [bench.view(other, 'run'), bench.view(own, 'run')];
    await until(() => views.every(({ values }) => values.length > 10), 'values');
    await server.kill();
    await server.start();
    await expectLoss(views, other);
    await until(() => left.mock.calls.length > 0, 'the producer gives up');
    // A viewer may have ended the run in the empty store before its producer appends again.
    const code = expect.stringMatching(/^run_(lost|fenced)$/) as string;
    expect(left).toHaveBeenCalledWith(expect.objectContaining({ code }), { id: 'run' });
  });

  it.each(['always', 'everysec'])(
    'go on, whole, where Redis comes back with an append-only file, fsync %s',
    async (fsync) => {
      const server = await bench.server(['--appendonly', 'yes', '--appendfsync', fsync]);
      const [own, other] = [
        await bench.store(server.url, openClient),
        await bench.store(server.url, openClient),
      ];
      await bench.runs({ store: own }).start('run', () => count$(100));
      const viewer = bench.view(other, 'run');
      await until(() => viewer.values.length > 10, 'values');
      await server.kill();
      await server.start();
      expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(100)]);
    },
  );
});

describe('[39] durable runs', () => {
  it('are stream_lost for every viewer where Redis comes back with an older snapshot', async () => {
    const server = await bench.server();
    const [own, other] = [await bench.store(server.url), await bench.store(server.url)];
    const runs = bench.runs({ store: own, leaseMs: LEASE_MS, onError: () => undefined });
    await runs.start('run', () => count$(10_000));
    const viewer = bench.view(other, 'run');
    await until(() => viewer.values.length > 10, 'values');
    await bench.admin(server.url).save();
    const saved = viewer.values.length;
    await until(() => viewer.values.length > saved + 20, 'values that were not saved');
    await server.kill();
    await server.start();
    await expectLoss([viewer], other);
  });

  it.each([
    ['go on, whole, on a replica that has everything', false],
    ['are stream_lost for every viewer on a replica that lags behind', true],
  ])('%s', async (_what, lags) => {
    const [main, replica] = [await bench.server(), await bench.server()];
    const admin = bench.admin(replica.url);
    await admin.replicaof('127.0.0.1', main.port);
    for (let info = ''; !info.includes('master_link_status:up'); await wait(20))
      info = await admin.info('replication');
    const proxy = await bench.proxy(main.port);
    const [own, other] = [await bench.store(proxy.url), await bench.store(proxy.url)];
    const runs = bench.runs({ store: own, leaseMs: LEASE_MS, onError: () => undefined });
    await runs.start('run', () => count$(150));
    const viewer = bench.view(other, 'run');
    await until(() => viewer.values.length > 10, 'values');
    const seen = viewer.values.length;
    if (lags) {
      // It never gets what is written from here on.
      await admin.replicaof('NO', 'ONE');
      await until(() => viewer.values.length > seen + 20, 'values that the replica has not');
    } else {
      await bench.admin(main.url).call('CLIENT', 'PAUSE', '2000', 'WRITE');
      await wait(300);
    }
    await main.kill();
    await admin.replicaof('NO', 'ONE');
    proxy.aim(replica.port);
    proxy.cut();
    if (lags) await expectLoss([viewer], other);
    else expect([await viewer.ended, viewer.values]).toEqual(['end', upTo(150)]);
  });

  it('are store_unavailable where Redis stays away: viewers and producer give up', async () => {
    const server = await bench.server();
    const [own, other] = [await bench.store(server.url), await bench.store(server.url)];
    const left = jest.fn();
    const runs = bench.runs({ store: own, patienceMs: 1_500, onError: left });
    await runs.start('run', () => count$(10_000));
    const viewer = bench.view(other, 'run', 1_500);
    await until(() => viewer.values.length > 10, 'values');
    await server.kill();
    expect(await viewer.ended).toBe('store_unavailable');
    expect(viewer.values).toEqual(upTo(viewer.values.length));
    await until(() => left.mock.calls.length > 0, 'the producer gives up');
    expect(left).toHaveBeenCalledWith(expect.objectContaining({ code: 'store_unavailable' }), {
      id: 'run',
    });
  });
});
