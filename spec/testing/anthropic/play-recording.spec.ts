import { encodeBody } from '../../../lib/testing/http/frame.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import {
  startReplayServer,
  type ReplayOptions,
  type ReplayServer,
} from '../../../lib/testing/anthropic/replay-server.js';
import { raw, textIn } from '../raw-client.js';

const HELLO = 'Hello wörld 🌍👩‍🚀!';

let server: ReplayServer | undefined;

const start = async (options: ReplayOptions): Promise<{ server: ReplayServer; url: string }> => {
  server = await startReplayServer(options);
  return { server, url: `${server.url}/v1/messages` };
};

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('chunking', () => {
  const frames = GOOD.length;
  const bytes = encodeBody(GOOD).length;

  it.each<[string, ReplayOptions['chunking'], number]>([
    ['by event', 'event', frames],
    ['by byte', 'byte', bytes],
    ['at once', 'all', 1],
    ['100 bytes each', 100, Math.ceil(bytes / 100)],
    ['as a function cuts', (body) => [body.subarray(0, 7), body.subarray(7)], 2],
  ])('writes %s', async (_, chunking, writes) => {
    const { url, server } = await start({ recordings: [GOOD], chunking: chunking! });
    const { body, pieces } = await raw(url);
    expect(body).toEqual(encodeBody(GOOD));
    expect(server.requests[0]!.sent).toEqual({ events: frames, bytes });
    expect(pieces).toHaveLength(writes);
  });

  it.each(['byte', 50] as const)('cuts other bodies too (%s)', async (chunking) => {
    const { url } = await start({ recordings: [{ body: 'x'.repeat(200) }], chunking });
    const { pieces } = await raw(url);
    expect(pieces).toHaveLength(chunking === 'byte' ? 200 : 4);
  });
});

describe('timing', () => {
  const timed = GOOD.map((event, index) => ({ at: index * 30, event }));
  const last = 300;

  const elapsed = async (options: ReplayOptions): Promise<number> => {
    const { url } = await start(options);
    const begin = performance.now();
    expect(textIn((await raw(url)).body)).toBe(HELLO);
    return performance.now() - begin;
  };

  it('plays as recorded at speed 1', async () => {
    expect(await elapsed({ recordings: [timed], speed: 1 })).toBeGreaterThanOrEqual(last - 5);
  });

  it('plays twice as fast at speed 2', async () => {
    expect(await elapsed({ recordings: [timed], speed: 2 })).toBeGreaterThanOrEqual(last / 2 - 5);
  });

  it('does not wait by default', async () => {
    const hour = GOOD.map((event) => ({ at: 3_600_000, event }));
    expect(await elapsed({ recordings: [hour] })).toBeLessThan(60_000);
  });

  it('waits delayMs between events without a time of their own', async () => {
    const delayed = await elapsed({ recordings: [GOOD], delayMs: 20 });
    expect(delayed).toBeGreaterThanOrEqual(20 * (GOOD.length - 1) - 5);
  });

  it('sends each event at its time, whatever the chunking', async () => {
    const { url, server } = await start({
      chunking: 'all',
      speed: 1,
      recordings: [[...GOOD.slice(0, 4), { at: 3_600_000, event: GOOD[4]! }]],
    });
    const { body } = await raw(url, { quietMs: 200 });
    expect(textIn(body)).toBe('Hello');
    expect(server.requests[0]!.sent.events).toBe(4);
  });
});
