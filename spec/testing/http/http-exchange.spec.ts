import { connect } from 'node:net';
import { once } from 'node:events';
import type { Exchange } from '../../../lib/testing/http/http-exchange.js';
import {
  startLoopbackServer,
  type LoopbackServer,
} from '../../../lib/testing/http/loopback-server.js';
import { raw, type RawRequest } from '../raw-client.js';

let server: LoopbackServer | undefined;
afterEach(() => server?.close());

/** What `answer` comes to with a client that asks as `request` says. */
async function exchanged<T>(answer: (exchange: Exchange) => Promise<T>, request: RawRequest = {}) {
  let result: Promise<T> | undefined;
  server = await startLoopbackServer((exchange) => (result = answer(exchange)));
  const client = await raw(server.url, request);
  return { client, result: await result, seen: server.requests[0]! };
}

const bytes = Buffer.from('x'.repeat(100));
const quiet = { quietMs: 50 };

it('answers with head, bytes and end', async () => {
  const { client, result, seen } = await exchanged(async (exchange) => {
    const begun = [exchange.begun];
    exchange.head(418, { 'x-mine': '1' });
    begun.push(exchange.begun);
    return [...begun, await exchange.write(bytes), await exchange.wait(1), await exchange.end()];
  });
  expect(client).toMatchObject({
    status: 418,
    ending: 'complete',
    headers: { 'x-mine': '1', 'request-id': 'req_000001' },
  });
  expect(client.body).toEqual(bytes);
  expect(result).toEqual([false, true, true, true, true]);
  expect(seen).toMatchObject({ finished: true, sent: { bytes: 100 } });
});

it('sends the head before there is a body', async () => {
  const { client } = await exchanged(async (exchange) => {
    exchange.head(200);
    await exchange.gone;
  }, quiet);
  expect(client.status).toBe(200);
});

it.each<[string, (exchange: Exchange) => Promise<boolean>]>([
  ['wait', (exchange) => exchange.wait(3_600_000)],
  [
    'write',
    async (exchange) => {
      while (await exchange.write(Buffer.alloc(100_000)));
      return false;
    },
  ],
])('settles %s with false when the client leaves', async (_, pending) => {
  const { result, seen } = await exchanged(
    (exchange) => {
      exchange.head(200);
      return pending(exchange);
    },
    { ...quiet, bytes: 200_000 },
  );
  expect(result).toBe(false);
  expect(seen.finished).toBe(false);
});

it('does nothing once the client has left', async () => {
  const { result, seen } = await exchanged(async (exchange) => {
    await exchange.gone;
    exchange.head(200);
    exchange.writeRaw('x');
    await exchange.reset();
    await exchange.hangUp();
    return [await exchange.write(bytes), await exchange.wait(1), await exchange.end()];
  }, quiet);
  expect(result).toEqual([false, false, false]);
  expect(seen.sent.bytes).toBe(0);
  expect((await seen.closed).by).toBe('client');
});

it.each(['hangUp', 'reset'] as const)('delivers what was written before %s', async (how) => {
  const { client, seen } = await exchanged(async (exchange) => {
    exchange.head(200);
    await exchange.write(bytes);
    await exchange[how]();
  });
  expect(client.body).toEqual(bytes);
  expect(client.ending).toBe('ECONNRESET');
  expect((await seen.closed).by).toBe('server');
});

it('has no write for no bytes', async () => {
  const { result } = await exchanged(async (exchange) => {
    exchange.head(204);
    return [await exchange.write(Buffer.alloc(0)), await exchange.end()];
  });
  expect(result).toEqual([true, true]);
});

it('makes of each write a socket write, which a client in this process reads by itself', async () => {
  server = await startLoopbackServer(async (exchange) => {
    exchange.head(200);
    for (let n = 0; n < 100; n += 1) await exchange.write(Buffer.from('x'));
    await exchange.hangUp();
  });
  const socket = connect(server.port, '127.0.0.1');
  const reads: string[] = [];
  socket.on('data', (data) => reads.push(data.toString()));
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
  await once(socket, 'close');
  expect(reads.join('').match(/1\r\nx\r\n/g)).toHaveLength(100);
  // A busy kernel may hand over two writes at once now and then.
  expect(reads.length).toBeGreaterThan(50);
});
