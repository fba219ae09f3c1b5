import { Agent } from 'node:http';
import { connect } from 'node:net';
import {
  startLoopbackServer,
  type LoopbackServer,
} from '../../../lib/testing/http/loopback-server.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import { startReplayServer } from '../../../lib/testing/anthropic/replay-server.js';
import { raw, streamBody } from '../raw-client.js';

let server: LoopbackServer;
afterEach(() => server.close());

const playing = async (): Promise<string> => {
  server = await startReplayServer({ recordings: [GOOD], cycle: true });
  return `${server.url}/v1/messages`;
};

const stalled = async (): Promise<string> => {
  server = await startLoopbackServer(async (exchange) => {
    exchange.head(200);
    await exchange.gone;
  });
  return server.url;
};

describe('what it saw', () => {
  it('writes down the request', async () => {
    const url = await playing();
    await raw(`${url}?beta=true`, { headers: { 'X-Api-Key': 'k', 'x-mine': '1' } });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/messages?beta=true',
      headers: { 'x-api-key': 'k', 'x-mine': '1' },
      rawBody: JSON.stringify(streamBody),
      body: streamBody,
      finished: true,
    });
  });

  it('reports that the client left, when, and how far the answer had come', async () => {
    const url = await stalled();
    const before = performance.now();
    await raw(url, { quietMs: 50 });
    const seen = await server.request(0);
    const { at, by } = await seen.closed;
    expect(by).toBe('client');
    expect(at).toBe(seen.closedAt);
    expect(at).toBeGreaterThan(before);
    expect(at).toBeGreaterThanOrEqual(seen.at);
    expect(seen.finished).toBe(false);
    expect(seen.sent).toEqual({ events: 0, bytes: 0 });
  });

  it('sees an abort when it happens', async () => {
    const url = await stalled();
    const abort = new AbortController();
    const response = await fetch(url, { method: 'POST', signal: abort.signal });
    const left = performance.now();
    abort.abort();
    const { at } = await server.requests[0]!.closed;
    expect(response.ok).toBe(true);
    expect(at - left).toBeLessThan(1000);
  });

  it('reports that the server closed', async () => {
    const url = await stalled();
    const answer = raw(url);
    const seen = await server.request(0);
    await server.close();
    expect((await seen.closed).by).toBe('server');
    expect((await answer).ending).toBe('ECONNRESET');
  });

  it('keeps a connection for the next request, and lets the client end it', async () => {
    const url = await playing();
    const agent = new Agent({ keepAlive: true });
    for (const turn of [1, 2]) {
      expect((await raw(url, { agent })).ending).toBe('complete');
      expect(server.requests).toHaveLength(turn);
    }
    expect(server.openSockets).toBe(1);
    expect(server.requests.map(({ closedAt }) => closedAt)).toEqual([undefined, undefined]);
    agent.destroy();
    expect((await server.requests[0]!.closed).by).toBe('client');
    expect(server.requests[0]!.closedAt).toBe(server.requests[1]!.closedAt);
    expect(server.openSockets).toBe(0);
  });

  it('reports a close that follows from connection: close as its own', async () => {
    const url = await playing();
    await raw(url, { headers: { 'x-api-key': 'k', connection: 'close' } });
    expect((await server.requests[0]!.closed).by).toBe('server');
    expect(server.openSockets).toBe(0);
  });

  it('sees a client that leaves while it sends', async () => {
    await playing();
    const socket = connect(server.port, '127.0.0.1');
    socket.end('POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"model"');
    const seen = await server.request(0);
    expect(seen).toMatchObject({ rawBody: '{"model"', body: undefined });
    expect((await seen.closed).by).toBe('client');
  });
});

describe('backpressure', () => {
  it('[19] stops sending to a client that does not read', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    server = await startLoopbackServer(async (exchange) => {
      exchange.head(200);
      while (await exchange.write(piece));
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.pause();
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    const { sent } = await server.request(0);
    let before = -1;
    while (before !== sent.bytes) {
      before = sent.bytes;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(sent.bytes).toBeGreaterThan(0);
    expect(sent.bytes).toBeLessThan(16 * 1024 * 1024);
    socket.destroy();
    expect((await server.requests[0]!.closed).by).toBe('client');
  });
});
