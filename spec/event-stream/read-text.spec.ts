import { readText } from '../../lib/event-stream/read-text';
import { PullQueue } from '../../lib/core/demand/pull-queue';

const bytes = (...parts: (string | number[])[]) =>
  parts.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(part),
  );

function setUp(chunks: Uint8Array[], gate?: PullQueue<unknown>, fail?: Error) {
  let reads = 0;
  const log: unknown[] = [];
  const reader = {
    read: () => {
      const value = chunks[reads];
      reads += 1;
      if (value === undefined && fail !== undefined) return Promise.reject(fail);
      return Promise.resolve(value === undefined ? { done: true, value } : { done: false, value });
    },
  } as unknown as ReadableStreamDefaultReader<Uint8Array>;
  const stop = readText(reader, gate, {
    text: (text, size) => log.push([text, size]),
    end: () => log.push('end'),
    lost: (error) => log.push(error),
    error: (error) => log.push(error),
    paused: (paused) => log.push(paused ? 'paused' : 'goes on'),
  });
  return { log, stop, reads: () => reads };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('readText', () => {
  it('reads to the end, characters whole however they are cut', async () => {
    const [fish] = bytes('🐟') as [Uint8Array];
    const { log } = setUp([fish.slice(0, 1), fish.slice(1, 3), fish.slice(3), ...bytes('!')]);
    await settled();
    expect(log).toEqual([['', 1], ['', 2], ['🐟', 1], ['!', 1], ['', 0], 'end']);
  });

  it('leaves a byte order mark to the event stream decoder', async () => {
    const { log } = setUp(bytes([0xef, 0xbb, 0xbf], 'a'));
    await settled();
    expect(log[0]).toEqual(['\ufeff', 3]);
  });

  it('tells apart a body that breaks off and a handler that throws', async () => {
    const lost = new Error('lost');
    expect(
      (
        await (async () => {
          const { log } = setUp(bytes('a'), undefined, lost);
          await settled();
          return log;
        })()
      ).at(-1),
    ).toBe(lost);
  });

  it('[19] waits for the gate between two reads, and says so', async () => {
    const gate = new PullQueue<unknown>(1);
    const { log, reads } = setUp(bytes('a', 'b'), gate);
    gate.put(1);
    await settled();
    expect(log).toEqual([['a', 1], 'paused']);
    expect(reads()).toBe(1);
    void gate.take();
    await settled();
    expect(log.slice(2)).toEqual(['goes on', ['b', 1], ['', 0], 'end']);
    expect(gate.heeded).toBe(true);
  });

  it('tells nothing any more once it is stopped', async () => {
    const { log, stop } = setUp(bytes('a', 'b'));
    stop();
    await settled();
    expect(log).toEqual([]);
  });
});
