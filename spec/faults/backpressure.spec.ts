import { Readable } from 'node:stream';
import { toAsyncIterable, toReadableStream } from 'rxlm';
import { faultBench } from '../support/fault-run';
import { inOwnProcess } from '../support/own-process';

jest.setTimeout(120_000);

const MB = 1_000_000;

describe('back-pressure', () => {
  const bench = faultBench();
  const stream$ = (baseURL: string) => bench.model({ baseURL }).stream$('Hi');

  it.each([
    ['toAsyncIterable(stream$)', 'iterable', 6000],
    ['stream()', 'stream', 3000],
    ['streamEvents()', 'events', 3000],
    ['toAsyncIterable(events$)', 'events$', 3000],
    ['toReadableStream(stream$)', 'web', 3000],
  ])('[19] T078 %s, 20 ms a value on an endless stream: the socket waits', async (_, edge, ms) => {
    const { baseUrl } = bench.server;
    const urls = [baseUrl('good'), baseUrl('endless-stream')];
    const recorded = await inOwnProcess('stall', ...urls, edge, String(ms));
    expect(recorded).toMatchObject({ outcome: 'left', resources: [], err: '' });
    expect(recorded.count).toBeGreaterThan(ms / 200);
    expect(recorded.growth).toBeLessThan(40 * MB);
    expect(bench.requests().at(-1)!.sent.bytes).toBeLessThan(10 * MB);
  });

  it.each([
    ['writeSse', 'node', 6000],
    ['toSseResponse', 'web', 3000],
  ])('[19] T079 %s to a client that takes nothing: the socket waits', async (_, edge, ms) => {
    const { baseUrl } = bench.server;
    const urls = [baseUrl('good'), baseUrl('endless-stream')];
    const recorded = await inOwnProcess('endpoint', ...urls, edge, String(ms));
    expect(recorded).toMatchObject({ outcome: 'left', count: 1, resources: [], err: '' });
    expect(recorded.growth).toBeLessThan(40 * MB);
    // The system's buffers on both ways; read on, it would be some hundred.
    expect(bench.requests().at(-1)!.sent.bytes).toBeLessThan(32 * MB);
  });

  it('[18] T084 a web stream is read when it is asked, and `cancel()` closes', async () => {
    const stream = toReadableStream(stream$(bench.server.baseUrl('drip', { ms: 5 })));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bench.requests()).toEqual([]);
    const reader = stream.getReader();
    for (let i = 0; i < 3; i += 1) expect((await reader.read()).done).toBe(false);
    const left = performance.now();
    await reader.cancel();
    await bench.expectClosed(bench.requests()[0]!, left);
  });

  it('[18] T084 a web stream cancelled while a read waits: closed', async () => {
    const stream = toReadableStream(stream$(bench.server.baseUrl('stall', { events: 0 })));
    const reader = stream.getReader();
    const read = reader.read();
    const request = await bench.server.request(bench.server.requests.length);
    const left = performance.now();
    await reader.cancel();
    expect(await read).toEqual({ done: true, value: undefined });
    await bench.expectClosed(request, left);
  });

  it('[18] T084 a stream of Node that is destroyed: closed', async () => {
    const values = toAsyncIterable(stream$(bench.server.baseUrl('drip', { ms: 5 })));
    const stream = Readable.from(values);
    await new Promise((resolve) => stream.once('data', resolve));
    const left = performance.now();
    stream.destroy();
    await bench.expectClosed(bench.requests()[0]!, left);
  });

  it('[19] T085 500 runs at once, 200 deltas each: all of them, in bounded memory', async () => {
    const { baseUrl } = bench.server;
    const recorded = await inOwnProcess(
      'many',
      baseUrl('good'),
      baseUrl('many-deltas', { count: 200 }),
      '500',
    );
    expect(recorded).toMatchObject({ outcome: 'complete', count: 500 * 202, err: '' });
    expect(recorded.growth).toBeLessThan(400 * MB);
    expect(recorded.heapGrowth).toBeLessThan(20 * MB);
  });
});
