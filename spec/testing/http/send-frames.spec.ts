import fc from 'fast-check';
import type { Chunking } from '../../../lib/testing/http/chunking.js';
import type { Exchange } from '../../../lib/testing/http/http-exchange.js';
import { sendFrames } from '../../../lib/testing/http/send-frames.js';

/** An exchange whose client takes so many writes, then leaves. */
const exchange = (writes = Infinity) => {
  const sent = { events: 0, bytes: 0 };
  const counts: number[] = [];
  const write = async (bytes: Uint8Array) => {
    counts.push(sent.events);
    if (counts.length > writes) return false;
    sent.bytes += bytes.length;
    return true;
  };
  return { seen: { sent }, write, counts };
};

const send = (to: ReturnType<typeof exchange>, frames: Uint8Array[], chunking: Chunking) =>
  sendFrames(to as unknown as Exchange, frames, chunking);

const frames = [3, 5, 2].map((length) => new Uint8Array(length));

describe('sendFrames', () => {
  it.each<[Chunking, number[]]>([
    ['event', [0, 1, 2]],
    ['byte', [0, 0, 0, 1, 1, 1, 1, 1, 2, 2]],
    [4, [0, 1, 2]],
    ['all', [0]],
  ])('counts an event when its last byte is sent (%s)', async (chunking, counts) => {
    const to = exchange();
    expect(await send(to, frames, chunking)).toBe(true);
    expect(to.counts).toEqual(counts);
    expect(to.seen.sent).toEqual({ events: 3, bytes: 10 });
  });

  it('stops when the client has left', async () => {
    const to = exchange(1);
    expect(await send(to, frames, 4)).toBe(false);
    expect(to.counts).toHaveLength(2);
    expect(to.seen.sent).toEqual({ events: 1, bytes: 4 });
  });

  it('has nothing to do for nothing', async () => {
    const to = exchange();
    expect(await send(to, [], 'event')).toBe(true);
    expect(to.seen.sent).toEqual({ events: 0, bytes: 0 });
  });

  it('counts every event once, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 100 }),
        async (parts, size) => {
          const to = exchange();
          await send(to, parts, size);
          expect(to.seen.sent.events).toBe(parts.length);
        },
      ),
    );
  });
});
