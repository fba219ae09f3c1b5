import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { httpFetch } from '../../../lib/http/transport/http-fetch';
import type { FaultParams } from '../../../lib/testing/anthropic/faults/fault';
import { type FaultName, faultNames } from '../../../lib/testing/anthropic/faults/table';
import { countedSignal } from '../../support/counted-signal';
import { faultBench } from '../../support/fault-run';

const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
const POST = { method: 'POST', body: '{}', redirect: 'manual' } as const;

describe('a request to a model', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => {
    answer(request, response);
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** By whose client it was sent: `fetch` says how it was called. */
  async function senderOf(input: string | URL | Request, init?: RequestInit): Promise<string> {
    answer = ({ headers }, response) => {
      response.end('sec-fetch-mode' in headers ? 'fetch' : 'http');
    };
    return (await httpFetch(input, init)).text();
  }

  it('is sent by Node itself, and has of it what `fetch` has', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      void text(request).then((body) => {
        const { method, url: path, headers } = request;
        seen.push({
          method,
          path,
          body,
          key: headers['x-key'],
          coding: headers['accept-encoding'],
        });
        response.writeHead(201, { 'Content-Type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] });
        response.write('gold');
        response.end('fish');
      });
    };
    const init = { ...POST, headers: new Headers({ 'X-Key': 'k' }), body: '{"wörld":1}' };
    const [own, fetched] = [await httpFetch(new URL(url), init), await fetch(url, init)];
    const shown = async (response: Response) => ({
      status: response.status,
      ok: response.ok,
      type: response.headers.get('content-type'),
      cookies: response.headers.getSetCookie(),
      text: await response.text(),
    });
    expect(own).toBeInstanceOf(Response);
    expect(await shown(own)).toEqual(await shown(fetched));
    const request = { method: 'POST', path: '/v1/messages', body: '{"wörld":1}', key: 'k' };
    expect(seen).toMatchObject([{ ...request, coding: 'identity' }, request]);
    expect(await senderOf(url, POST)).toBe('http');
  });

  it('goes over a connection that is there already', async () => {
    const ports = new Set<number | undefined>();
    answer = ({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end('gold');
    };
    for (let i = 0; i < 3; i += 1) {
      await (await httpFetch(url, POST)).text();
      await wait(10);
    }
    expect(ports.size).toBe(1);
  });

  it.each<[string, (url: string) => Parameters<typeof fetch>]>([
    ['another method', (to) => [to, { ...POST, method: 'PUT' }]],
    ['a body that is no text', (to) => [to, { ...POST, body: new Uint8Array([1]) }]],
    ['redirects to follow', (to) => [to, { ...POST, redirect: 'follow' }]],
    ['an option that only `fetch` knows', (to) => [to, { ...POST, cache: 'no-store' }]],
    ['a Request', (to) => [new Request(to, POST)]],
    ['nothing but an address', (to) => [to]],
  ])('with %s is left to `fetch`', async (_, args) => {
    expect(await senderOf(...args(url))).toBe('fetch');
  });

  it('is left to whoever has taken the place of `fetch`', async () => {
    const replaced = new Response('replaced');
    const other = jest.spyOn(globalThis, 'fetch').mockResolvedValue(replaced);
    expect(await httpFetch(url, POST)).toBe(replaced);
    expect(other).toHaveBeenCalledWith(url, POST);
  });

  it.each([
    'connection',
    'content-length',
    'expect',
    'host',
    'keep-alive',
    'transfer-encoding',
    'upgrade',
  ])('with the header `%s`, which `fetch` makes itself, is left to that', async (name) => {
    const own = new Response('fetch');
    // Its source is what it is known by.
    const other = jest.spyOn(globalThis, 'fetch').mockResolvedValue(own);
    jest.spyOn(Function.prototype, 'toString').mockReturnValue('internal/deps/undici');
    expect(await httpFetch(url, { ...POST, headers: { [name]: '2' } })).toBe(own);
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('sends header values as the bytes that they are, and a body as UTF-8', async () => {
    const sent: Buffer[] = [];
    const tcp = createTcpServer((socket) => {
      socket.on('data', (bytes) => {
        sent.push(bytes);
        if (Buffer.concat(sent).includes('}'))
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const init = { ...POST, headers: { 'x-mine': 'é' }, body: '{"é":1}' };
    await (await httpFetch(`http://127.0.0.1:${port}`, init)).text();
    tcp.close();
    const bytes = Buffer.concat(sent);
    expect(bytes.toString('latin1')).toContain('x-mine: é\r\n');
    expect(bytes.toString('utf8')).toContain('{"é":1}');
    expect(bytes.toString('latin1')).toContain('Content-Length: 8\r\n');
  });

  it('heeds a dispatcher that somebody has set', async () => {
    Object.defineProperty(globalThis, DISPATCHER, { value: {}, configurable: true });
    try {
      expect(await senderOf(url, POST)).toBe('fetch');
    } finally {
      Reflect.deleteProperty(globalThis, DISPATCHER);
    }
  });

  it('answered with a status that is none has it all the same, as of `fetch`', async () => {
    answer = (_, response) => {
      response.writeHead(999).end('odd');
    };
    const response = await httpFetch(url, POST);
    expect([response.status, response.ok, await response.text()]).toEqual([999, false, 'odd']);
  });

  it('gives up on an address that does not let it in, for another try', async () => {
    // Of those for documentation, which nobody has: RFC 5737.
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const socket = jest.spyOn(Socket.prototype, 'setTimeout');
    const asked = httpFetch('http://192.0.2.1/', POST).catch((e: unknown) => e);
    await new Promise((resolve) => setImmediate(resolve));
    const given = socket.mock.calls.map(([ms]) => ms);
    socket.mock.calls.find(([ms]) => ms === 10_000)?.[1]?.();
    jest.useRealTimers();
    expect(given).toContain(10_000);
    expect(await asked).toMatchObject({
      message: 'fetch failed',
      cause: { code: expect.stringMatching(/^(ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)$/) as string },
    });
  });

  it.each([204, 205, 304])('answered with %d has no body', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    const response = await httpFetch(url, POST);
    expect(response).toMatchObject({ status, body: null });
  });

  it('answered with a redirect is told so, and nothing is sent again', async () => {
    const paths: unknown[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect((await httpFetch(url, POST)).status).toBe(307);
    expect(paths).toEqual(['/v1/messages']);
  });

  it.each([
    ['another protocol', 'HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'Error'],
    ['nothing', '', 'Error'],
    ['no HTTP', 'Hello\r\n\r\n', 'Error'],
  ])('answered with %s fails as `fetch` does', async (_, bytes, cause) => {
    const tcp = createTcpServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(bytes));
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const error = await httpFetch(`http://127.0.0.1:${port}`, POST).catch((e: unknown) => e);
    tcp.close();
    expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    expect((error as { cause: Error }).cause.name).toBe(cause);
  });

  describe('[2] whose signal is aborted', () => {
    const begun = () =>
      new Promise(
        (resolve) =>
          (answer = (request) => {
            request.socket.on('error', () => undefined);
            resolve(request.socket);
          }),
      );

    it('before it is sent is not', async () => {
      answer = () => {
        throw new Error('sent');
      };
      const signal = AbortSignal.abort('left');
      await expect(httpFetch(url, { ...POST, signal })).rejects.toBe('left');
    });

    it('before its answer fails with the reason, and closes', async () => {
      const controller = countedSignal();
      const socket = begun() as Promise<NodeJS.EventEmitter>;
      const response = httpFetch(url, { ...POST, signal: controller.signal });
      const closed = once(await socket, 'close');
      controller.abort('left');
      await expect(response).rejects.toBe('left');
      await closed;
      expect(controller.count()).toBe(0);
    });

    it('while its answer comes closes', async () => {
      const controller = countedSignal();
      let closed: Promise<unknown> | undefined;
      answer = ({ socket }, response) => {
        closed = once(socket, 'close');
        response.write('gold');
      };
      const response = await httpFetch(url, { ...POST, signal: controller.signal });
      const reader = response.body!.getReader();
      await reader.read();
      const read = reader.read();
      controller.abort('left');
      await expect(read).rejects.toThrow('terminated');
      await closed;
      expect(controller.count()).toBe(0);
    });

    it('after its answer does nothing', async () => {
      const controller = countedSignal();
      answer = (_, response) => response.end('gold');
      await (await httpFetch(url, { ...POST, signal: controller.signal })).text();
      await wait(20);
      expect(controller.count()).toBe(0);
    });
  });
});

describe('a fault', () => {
  const bench = faultBench();
  const options = {
    maxRetries: 0,
    timeouts: { headers: 1500, idle: 600, content: 1000, total: 3000 },
    limits: { response: 2_000_000 },
  };
  /** No more than it takes. */
  const params: Partial<Record<FaultName, FaultParams>> = {
    'many-deltas': { count: 5000 },
    'many-blocks': { count: 1000 },
    'gzip-bomb': { megabytes: 4 },
  };

  // Two ways, one outcome: what each fault does is told where it is looked at by itself.
  it.each(faultNames)('ends a run over Node as over `fetch`: %s', async (name) => {
    const clientOptions = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) };
    const over = bench.play(name, params[name], { options });
    const fetched = bench.play(name, params[name], { options: { ...options, clientOptions } });
    const shown = ({ outcome, code, phase, status, emitted, text: all }: Awaited<typeof over>) => ({
      outcome,
      code,
      phase,
      status,
      emitted,
      text: outcome === 'complete' ? all : all.slice(0, 5),
    });
    expect(shown(await over)).toEqual(shown(await fetched));
  });
});

describe('an answer, byte for byte', () => {
  const ok = 'HTTP/1.1 200 OK\r\nx-a: 1\r\n';
  const chunked = `${ok}transfer-encoding: chunked\r\n\r\n4\r\ngold\r\n`;
  const gzipped = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`${ok}connection: close\r\ncontent-encoding: gzip\r\n\r\n`), bytes]);
  const answers: Record<string, string | Buffer> = {
    'with a length': `${ok}content-length: 4\r\n\r\ngold`,
    'that is shorter than its length': `${ok}content-length: 10\r\n\r\ngold`,
    'that is longer than its length': `${ok}content-length: 4\r\n\r\ngoldfish`,
    'of two lengths': `${ok}content-length: 4\r\ncontent-length: 5\r\n\r\ngold!`,
    'with a length below zero': `${ok}content-length: -4\r\n\r\ngold`,
    'that ends with its connection': `${ok}connection: close\r\n\r\ngold`,
    'of HTTP/1.0': 'HTTP/1.0 200 OK\r\n\r\ngold',
    'of HTTP/2': 'HTTP/2 200 OK\r\ncontent-length: 4\r\n\r\ngold',
    'in chunks': `${chunked}4\r\nfish\r\n0\r\n\r\n`,
    'in chunks with trailers': `${chunked}0\r\nx-b: 2\r\n\r\n`,
    'in chunks, and something behind them': `${chunked}0\r\n\r\nfish`,
    'in chunks that are cut': chunked,
    'in chunks with what is no size': `${chunked}ZZ\r\nfish`,
    'in chunks of a size without end': `${chunked}${'F'.repeat(17)}\r\nfish`,
    'with a length and chunks': `${ok}content-length: 4\r\n${chunked.slice(ok.length)}0\r\n\r\n`,
    'after early hints': `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${ok}content-length: 4\r\n\r\ngold`,
    'without a reason': 'HTTP/1.1 200\r\ncontent-length: 4\r\n\r\ngold',
    'with a header in Latin 1': Buffer.from(
      'HTTP/1.1 200 OK\r\nx-a: \xe9\xff\r\ncontent-length: 4\r\n\r\ngold',
      'latin1',
    ),
    'with the same header twice': `${ok}x-a: 2\r\ncontent-length: 4\r\n\r\ngold`,
    'with a header that holds NUL': `${ok}x-b: a\0b\r\ncontent-length: 4\r\n\r\ngold`,
    'with a header of 20 kB': `${ok}x-b: ${'b'.repeat(20_000)}\r\ncontent-length: 4\r\n\r\ngold`,
    'with a header without a colon': `${ok}x\r\ncontent-length: 4\r\n\r\ngold`,
    'of half a head': 'HTTP/1.1 200 OK\r\ncontent-',
    'that is none': '',
    'of 304': 'HTTP/1.1 304 Not Modified\r\n\r\n',
    'of 401': 'HTTP/1.1 401 No\r\ncontent-length: 4\r\n\r\ngold',
    gzipped: gzipped(gzipSync('gold')),
    'gzipped in two': gzipped(Buffer.concat([gzipSync('gold'), gzipSync('fish')])),
    'gzipped and cut': gzipped(gzipSync('gold').subarray(0, 18)),
    'gzipped, and nothing of it there': gzipped(Buffer.alloc(0)),
  };

  /** What is read of it: the status, the text, and whether something went wrong, before the head or after it. */
  async function read(by: typeof fetch, url: string): Promise<string> {
    const response = await by(url, POST).catch(() => undefined);
    if (response === undefined) return 'no answer';
    let seen = `${response.status} ${response.headers.get('x-a')} `;
    const reader = response.body?.getReader();
    try {
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
        seen += Buffer.from(read.value).toString();
      return seen;
    } catch {
      return `${seen} and broke off`;
    }
  }

  it.each(Object.entries(answers))('%s is read as `fetch` reads it', async (_, bytes) => {
    const tcp = createTcpServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(bytes));
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    expect(await read(httpFetch, url)).toBe(await read(fetch, url));
    tcp.close();
  });
});
