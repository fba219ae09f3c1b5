import {
  startLoopbackServer,
  type LoopbackServer,
} from '../../../lib/testing/http/loopback-server.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import { startReplayServer } from '../../../lib/testing/anthropic/replay-server.js';
import { raw, textIn } from '../raw-client.js';

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

describe('where it listens', () => {
  it('is 127.0.0.1, on a port of its own', async () => {
    await playing();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    const other = await startReplayServer({ recordings: [] });
    expect(other.port).not.toBe(server.port);
    await other.close();
  });
});

describe('request', () => {
  it('waits for the request of that index', async () => {
    const url = await playing();
    const second = server.request(1);
    await raw(url);
    await raw(url);
    expect(await second).toBe(server.requests[1]);
    expect(await server.request(0)).toBe(server.requests[0]);
  });

  it('rejects when the server closes before', async () => {
    await playing();
    const waiting = expect(server.request(0)).rejects.toThrow('closed before request 0');
    await server.close();
    await waiting;
    await expect(server.request(3)).rejects.toThrow('closed before request 3');
  });
});

describe('close', () => {
  it('ends what is open and leaves nothing behind', async () => {
    const url = await stalled();
    const answers = [raw(url), raw(url), raw(url)];
    await server.request(2);
    expect(server.openSockets).toBe(3);
    await server.close();
    expect(server.openSockets).toBe(0);
    expect((await Promise.all(answers)).map(({ ending }) => ending)).toEqual([
      'ECONNRESET',
      'ECONNRESET',
      'ECONNRESET',
    ]);
    expect((await raw(url)).ending).toBe('ECONNREFUSED');
  });

  it('clears the clock of an answer that waits', async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    server = await startReplayServer({ recordings: [GOOD], delayMs: 3_600_000 });
    const answer = raw(`${server.url}/v1/messages`);
    await server.request(0);
    await server.close();
    expect(textIn((await answer).body)).toBe('');
    expect(timers()).toBe(before);
  });

  it('may be called again, and by await using', async () => {
    await playing();
    await Promise.all([server.close(), server.close(), server[Symbol.asyncDispose]()]);
    expect(server.openSockets).toBe(0);
  });
});
