import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { lambda } from 'rxlm';
import {
  readRunRequest,
  type ReadRunRequestOptions,
} from '../../../lib/sse/server/read-run-request.js';
import { runOf } from '../../../lib/sse/server/run-of.js';
import { primedSseResponse } from '../../../lib/sse/server/to-sse-response.js';
import { writeSse } from '../../../lib/sse/server/write-sse.js';

const length = lambda((text: string) => text.length);
const OPTIONS: ReadRunRequestOptions = {
  maxBytes: 1000,
  timeoutMs: 200,
  origins: ['https://app.bc'],
};
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Handler = (request: Request) => Promise<Response>;
const handle: Handler = (request) =>
  primedSseResponse(runOf(length, readRunRequest(request, OPTIONS)), { signal: request.signal });

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const serveNode = () =>
  listen(
    createServer((request, response) => {
      writeSse(response, runOf(length, readRunRequest(request, OPTIONS)), { primed: true });
    }),
  );
async function serveExpress(): Promise<number> {
  const app = express().use(express.json());
  app.post('/', (request, response) => {
    writeSse(response, runOf(length, readRunRequest(request, OPTIONS)), { primed: true });
  });
  return listen(createServer(app));
}
async function serveFastify(): Promise<number> {
  const app = fastify();
  app.post('/', (request, reply) => {
    writeSse(reply, runOf(length, readRunRequest(request, OPTIONS)), { primed: true });
  });
  closers.push(() => app.close());
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
}

/** A `Request` does not say at which address it came, so a local server names its hosts. */
const HONO: ReadRunRequestOptions = { ...OPTIONS, hosts: ['localhost', '127.0.0.1'] };
function serveHono(): Promise<number> {
  const app = new Hono();
  app.post('/', ({ req: { raw } }) =>
    primedSseResponse(runOf(length, readRunRequest(raw, HONO)), { signal: raw.signal }),
  );
  const listener = getRequestListener(app.fetch);
  return listen(createServer((request, response) => void listener(request, response)));
}

interface Asked {
  readonly body?: string;
  readonly headers?: Record<string, string>;
}
const GOOD = JSON.stringify({ input: 'gold' });

/** The status and the text that a server answers. */
const ask = (port: number, { body = GOOD, headers = {} }: Asked) =>
  new Promise<[number | undefined, string]>((resolve, reject) => {
    const all = { 'content-type': 'application/json', ...headers };
    const sent = httpRequest(
      { host: '127.0.0.1', port, method: 'POST', headers: all },
      (answer) => {
        let text = '';
        answer.on('data', (bytes: Buffer) => (text += bytes.toString()));
        answer.on('end', () => {
          resolve([answer.statusCode, text]);
        });
      },
    );
    sent.on('error', reject).end(body);
  });
const askFetch = async ({ body = GOOD, headers = {} }: Asked): Promise<[number, string]> => {
  const all = { 'content-type': 'application/json', host: 'chat.bc', ...headers };
  const request = new Request('https://chat.bc/', { method: 'POST', body, headers: all });
  const response = await handle(request);
  return [response.status, await response.text()];
};

const CASES: [string, number, Asked][] = [
  ['a good request', 200, {}],
  ['a charset', 200, { headers: { 'content-type': 'application/json; charset=utf-8' } }],
  [
    'an origin that it knows',
    200,
    { headers: { origin: 'https://app.bc', 'sec-fetch-site': 'cross-site' } },
  ],
  ['a page of its own', 200, { headers: { 'sec-fetch-site': 'same-origin' } }],
  ['an origin that it does not know', 403, { headers: { origin: 'https://evil.bc' } }],
  ['the origin of a sandboxed page', 403, { headers: { origin: 'null' } }],
  ['another site without an origin', 403, { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['a sibling site without an origin', 403, { headers: { 'sec-fetch-site': 'same-site' } }],
  ['a body that is no object', 400, { body: '[]' }],
  ['a body without input', 400, { body: '{}' }],
  ['a body that only inherits input', 400, { body: '{"__proto__":{"input":"a"}}' }],
];

describe.each([
  ['Node', serveNode],
  ['Express', serveExpress],
  ['Fastify', serveFastify],
  ['Hono', serveHono],
])('readRunRequest behind %s', (_, serve) => {
  it.each(CASES)('answers %s with %d', async (_name, status, asked) => {
    const [got, text] = await ask(await serve(), asked);
    expect([got, text]).toEqual([status, expect.not.stringMatching(/stack|node_modules/)]);
    if (status === 200) expect(text).toContain('data: 4');
  });

  it('takes no request under a foreign host name where it listens on loopback', async () => {
    const port = await serve();
    expect((await ask(port, { headers: { host: 'rebound.evil.bc' } }))[0]).toBe(403);
    expect((await ask(port, { headers: { host: `localhost:${port}` } }))[0]).toBe(200);
    const own = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect((await ask(port, { headers: own }))[0]).toBe(200);
  });
});

describe('readRunRequest behind a Fetch handler', () => {
  it.each([
    ...CASES,
    ['text', 415, { headers: { 'content-type': 'text/plain' } }],
    ['a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['a type that only begins so', 415, { headers: { 'content-type': 'application/jsonx' } }],
    ['a coded body', 415, { headers: { 'content-encoding': 'gzip' } }],
    ['invalid JSON', 400, { body: '{"input": "gold' }],
    ['no body', 400, { body: '' }],
    ['JSON that nests too deep', 400, { body: '['.repeat(100) + ']'.repeat(100) }],
    ['a large body', 413, { body: JSON.stringify({ input: 'x'.repeat(1000) }) }],
  ] as [string, number, Asked][])('answers %s with %d', async (_, status, asked) => {
    const [got, text] = await askFetch(asked);
    expect(got).toBe(status);
    expect(text).not.toContain('stack');
  });

  it('reads no more of a body than it accepts, and does not wait for a slow one', async () => {
    const ended: string[] = [];
    const endless = (bytes: number) =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (bytes > 0) controller.enqueue(new Uint8Array(bytes));
          else return new Promise(() => undefined);
          return undefined;
        },
        cancel: () => {
          ended.push('cancelled');
        },
      });
    const send = (bytes: number) =>
      handle(
        new Request('https://chat.bc/', {
          method: 'POST',
          body: endless(bytes),
          headers: { 'content-type': 'application/json' },
          duplex: 'half',
        } as RequestInit),
      );
    expect((await send(600)).status).toBe(413);
    expect((await send(0)).status).toBe(408);
    expect(ended).toEqual(['cancelled', 'cancelled']);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    const headers = { 'content-type': 'application/json' };
    const request = new Request('https://chat.bc/', { method: 'POST', body, headers });
    expect((await handle(request)).status).toBe(400);
  });
});

describe('readRunRequest of Node', () => {
  /** What a server answers to raw text, until it closes the connection. */
  const raw = (port: number, text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (bytes) => (answer += bytes.toString()));
      socket
        .on('error', () => undefined)
        .on('close', () => {
          resolve(answer);
        });
    });
  const head = (port: number, more: string) =>
    `POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${more}\r\n`;

  it('closes the connection of a body that is too large or too slow', async () => {
    const port = await serveNode();
    const declared = await raw(port, head(port, 'content-length: 5000000\r\n'));
    expect(declared).toMatch(/^HTTP\/1.1 413 .*\r\n[^]*connection: close/i);
    const piece = `400\r\n${'x'.repeat(1024)}\r\n`;
    const streamed = await raw(port, head(port, 'transfer-encoding: chunked\r\n') + piece);
    expect(streamed).toMatch(/^HTTP\/1.1 413 /);
    const slow = await raw(port, `${head(port, 'content-length: 10\r\n')}{`);
    expect(slow).toMatch(/^HTTP\/1.1 408 /);
  });

  it('survives a client that leaves within its body', async () => {
    const port = await serveNode();
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head(port, 'content-length: 10\r\n')}{`, () => socket.resetAndDestroy());
    });
    await new Promise((resolve) => socket.on('close', resolve));
    expect((await ask(port, {}))[0]).toBe(200);
  });
});

it.each<[object, RegExp]>([
  [{ maxBytes: '1mb' }, /^maxBytes/],
  [{ timeoutMs: 0 }, /^timeoutMs/],
  [{ origins: '*' }, /^origins/],
  [{ hosts: [5] }, /^hosts/],
])('readRunRequest refuses the option %j', async (options, message) => {
  await expect(readRunRequest(new Request('https://a.bc'), options)).rejects.toThrow(message);
  await expect(readRunRequest(undefined as never)).rejects.toThrow(/takes a request/);
});
