import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { type ProducerProcess, startProducer } from '../support/producer-process';
import { LEASE_MS, RedisBench, until } from '../support/redis-runs';

jest.setTimeout(90_000);
const bench = new RedisBench();
afterEach(() => bench.close());
const WORDS = Array.from({ length: 2_000 }, (_, at) => `${String(at)} `);

/** A producer in a process of its own, with its provider and viewers in this one. */
async function open() {
  const { url } = await bench.server();
  const provider = await startReplayServer({
    recordings: [recordingOf({ tokens: WORDS })],
    delayMs: 15,
  });
  bench.onClose(() => provider.close());
  const producer: ProducerProcess = await startProducer(url, provider.url, 'run', LEASE_MS);
  bench.onClose(() => {
    producer.close();
  });
  const join = async () => bench.view<string>(await bench.store(url), 'run');
  return { url, provider, producer, join };
}
const text = WORDS.join('');

describe('[39] a durable run whose producer', () => {
  it('is killed is producer_lost for every viewer, with the same values', async () => {
    const { producer, join } = await open();
    const views = [await join(), await join()];
    await until(() => views.every(({ values }) => values.length > 20), 'values');
    producer.signal('SIGKILL');
    for (const { ended } of views) expect(await ended).toBe('producer_lost');
    const late = await join();
    expect(await late.ended).toBe('producer_lost');
    const seen = [...views, late].map(({ values }) => values.join(''));
    expect(new Set(seen).size).toBe(1);
    expect(text.startsWith(seen[0]!)).toBe(true);
  });

  it('is frozen and thawed after its lease cannot append, and its provider’s socket closes', async () => {
    const { producer, provider, join, url } = await open();
    const viewer = await join();
    await until(() => viewer.values.length > 20, 'values');
    producer.signal('SIGSTOP');
    expect(await viewer.ended).toBe('producer_lost');
    const log = new Redis(url);
    bench.onClose(() => log.disconnect());
    const length = await log.xlen('rxlm:run:{run}:log');
    producer.signal('SIGCONT');
    await until(
      () => producer.lines.some((line) => line.startsWith('gave up')),
      'the zombie gives up',
    );
    expect(producer.lines.at(-1)).toBe('gave up: run_ended');
    expect((await provider.requests[0]!.closed).by).toBe('client');
    expect(provider.requests[0]!.finished).toBe(false);
    await wait(500);
    expect(await log.xlen('rxlm:run:{run}:log')).toBe(length);
    const late = await join();
    expect(await late.ended).toBe('producer_lost');
    expect(late.values.join('')).toBe(viewer.values.join(''));
    expect(text.startsWith(viewer.values.join(''))).toBe(true);
  });

  it('is frozen for less than its lease goes on, whole', async () => {
    const { producer, join } = await open();
    const viewer = await join();
    await until(() => viewer.values.length > 20, 'values');
    producer.signal('SIGSTOP');
    await wait(LEASE_MS / 3);
    const seen = viewer.values.length;
    producer.signal('SIGCONT');
    await until(() => viewer.values.length > seen + 50, 'more values');
    expect(text.startsWith(viewer.values.join(''))).toBe(true);
    expect(producer.lines).toEqual(['started']);
  });

  it('is cancelled from another process stops its provider', async () => {
    const { provider, join, url } = await open();
    const viewer = await join();
    await until(() => viewer.values.length > 20, 'values');
    const others = bench.runs({ store: await bench.store(url) });
    expect(await others.cancel('run')).toBe(true);
    expect(await viewer.ended).toBe('cancelled');
    expect((await provider.requests[0]!.closed).by).toBe('client');
  });
});
