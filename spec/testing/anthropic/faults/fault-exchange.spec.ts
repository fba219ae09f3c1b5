import { Stage } from '../../../../lib/testing/anthropic/faults/fault-exchange.js';
import {
  startLoopbackServer,
  type LoopbackServer,
} from '../../../../lib/testing/http/loopback-server.js';
import { playbackOf, type PlaybackOptions } from '../../../../lib/testing/anthropic/playback.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { eventsIn, raw, type RawRequest } from '../../raw-client.js';

let server: LoopbackServer | undefined;
afterEach(() => server?.close());

async function staged(
  play: (stage: Stage) => Promise<unknown>,
  request: RawRequest = {},
  options: PlaybackOptions = {},
) {
  let result: Promise<unknown> | undefined;
  server = await startLoopbackServer((exchange) => {
    result = play(new Stage(exchange, 'http://sink', playbackOf(options)));
    return result;
  });
  const answer = await raw(server.url, request);
  return { answer, result: await result, seen: server.requests[0]! };
}

it('streams events, text and bytes, each in a write of its own', async () => {
  const parts = [GOOD[4]!, 'raw\n', Uint8Array.of(65, 66)];
  const { answer, seen } = await staged((stage) => stage.stream(parts, { 'x-mine': '1' }));
  expect(answer.pieces.map(String)).toEqual([
    expect.stringMatching(/^event: ping\ndata: \{"type":"ping" *\}\n\n$/),
    'raw\n',
    'AB',
  ]);
  expect(answer).toMatchObject({
    status: 200,
    ending: 'complete',
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-mine': '1' },
  });
  expect(seen.sent.events).toBe(3);
});

it('cuts what it sends as the server is configured', async () => {
  const options = { chunking: 'byte', headers: { 'x-all': '1' } } as const;
  const { answer } = await staged((stage) => stage.stream(['four']), {}, options);
  expect(answer.pieces).toHaveLength(4);
  expect(answer.headers['x-all']).toBe('1');
});

it('drips part after part', async () => {
  const { answer, result } = await staged(async (stage) => {
    stage.open();
    const there = await stage.drip(['a', 'b'], 1);
    await stage.exchange.end();
    return there;
  });
  expect([String(answer.body), result]).toEqual(['ab', true]);
});

it('stops dripping when the client has left', async () => {
  const { result } = await staged(
    (stage) => {
      stage.open();
      return stage.drip(Array(1000).fill('x') as string[], 3_600_000);
    },
    { quietMs: 50 },
  );
  expect(result).toBe(false);
});

it('pours until the client leaves', async () => {
  const { answer, result } = await staged(
    (stage) => {
      stage.open();
      return stage.pour(Buffer.alloc(1000));
    },
    { bytes: 5000 },
  );
  expect(answer.body.length).toBeGreaterThanOrEqual(5000);
  expect(result).toBeUndefined();
});

it('is silent until the client leaves', async () => {
  const { answer } = await staged(
    (stage) => {
      stage.open();
      return stage.silence();
    },
    { quietMs: 50 },
  );
  expect(answer).toMatchObject({ status: 200, ending: 'left' });
});

it('plays GOOD', async () => {
  const { answer } = await staged((stage) => stage.good());
  expect(eventsIn(answer.body)).toEqual(GOOD);
});

it('refuses to pour nothing, which would never end', async () => {
  await expect(staged((stage) => stage.pour(new Uint8Array()))).rejects.toThrow('has no frame');
});
