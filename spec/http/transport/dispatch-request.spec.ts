import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { dispatchRequest } from '../../../lib/http/transport/dispatch-request';
import { type Dispatcher, platformDispatcher } from '../../../lib/http/transport/dispatcher';
import type { FaultParams } from '../../../lib/testing/anthropic/faults/fault';
import { type FaultName, faultNames } from '../../../lib/testing/anthropic/faults/all-faults';
import { countedSignal } from '../../support/counted-signal';
import { faultBench } from '../../support/fault-run';
import { readAll } from '../../support/received';

const ask = (
  url: string,
  {
    headers = {},
    body = '{}',
    signal = new AbortController().signal,
  }: { headers?: Record<string, string>; body?: string; signal?: AbortSignal } = {},
) =>
  dispatchRequest(platformDispatcher() as Dispatcher, {
    url,
    headers: Object.entries(headers),
    body,
    signal,
  });

/** A server that answers every request on a connection with these bytes, and ends it. */
async function rawServer(bytes: string | Buffer) {
  const sent: Buffer[] = [];
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => sent.push(data)).once('data', () => socket.end(bytes));
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
  return { url, sent, close: () => tcp.close() };
}

describe('dispatchRequest', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => {
    answer(request, response);
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages?a=1`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('POSTs what it is given, and gives what comes back', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      void text(request).then((body) => {
        const { method, url: path, headers } = request;
        seen.push({ method, path, body, headers });
        response.writeHead(201, { 'Content-Type': 'text/plain' });
        response.write('gold');
        response.end('fish');
      });
    };
    const response = await ask(url, { headers: { 'x-key': 'k' }, body: '{"wörld":1}' });
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/plain']);
    expect(await readAll(response.body)).toMatchObject({ text: 'goldfish', error: undefined });
    expect(seen).toMatchObject([
      {
        method: 'POST',
        path: '/v1/messages?a=1',
        body: '{"wörld":1}',
        headers: { 'x-key': 'k', 'accept-encoding': 'identity', 'content-length': '12' },
      },
    ]);
  });

  it('goes over a connection that is there already', async () => {
    const ports = new Set<number | undefined>();
    answer = ({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end('gold');
    };
    for (let i = 0; i < 3; i += 1) {
      await wait(10);
      await readAll((await ask(url)).body);
    }
    expect(ports.size).toBe(1);
  });

  it('gives all HTTP chunks of one read at once', async () => {
    const chunk = `4\r\ngold\r\n`;
    const { url: raw, close } = await rawServer(
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(50)}0\r\n\r\n`,
    );
    const { body } = await ask(raw);
    const { text: all, sizes } = await readAll(body);
    expect(all).toBe('gold'.repeat(50));
    expect(sizes.length).toBeLessThan(10);
    close();
  });

  it('asks for the coding that the caller wants', async () => {
    answer = ({ headers }, response) => response.end(headers['accept-encoding']);
    const { body } = await ask(url, { headers: { 'accept-encoding': 'br' } });
    expect((await readAll(body)).text).toBe('br');
  });

  it('sends header values as the bytes that they are, and a body as UTF-8', async () => {
    const {
      url: raw,
      sent,
      close,
    } = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    await readAll((await ask(raw, { headers: { 'x-mine': 'é' }, body: '{"é":1}' })).body);
    close();
    const bytes = Buffer.concat(sent);
    expect(bytes.toString('latin1')).toContain('x-mine: é\r\n');
    expect(bytes.toString('utf8')).toContain('{"é":1}');
  });

  it.each([204, 205, 304])('answered with %d has no bytes', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    const response = await ask(url);
    expect([response.status, (await readAll(response.body)).text]).toEqual([status, '']);
  });

  it('answered with a redirect says so, and sends nothing again', async () => {
    const paths: unknown[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect((await ask(url)).status).toBe(307);
    expect(paths).toEqual(['/v1/messages?a=1']);
  });

  it('[19] has the socket wait while its body is paused', async () => {
    let written = 0;
    answer = ({ socket }, response) => {
      const piece = Buffer.alloc(64 * 1024);
      const more = () => {
        while (!response.destroyed && written < 64e6 && response.write(piece))
          written += piece.length;
      };
      response.on('drain', more);
      socket.on('error', () => undefined);
      more();
    };
    const { body } = await ask(url);
    let read = 0;
    body.pipe({
      bytes: (pieces) => {
        for (const { byteLength } of pieces) read += byteLength;
        body.pause();
      },
      end: () => undefined,
      lost: () => undefined,
    });
    await wait(100);
    const before = read;
    await wait(50);
    expect(read).toBe(before);
    expect(written).toBeLessThan(16e6);
    body.resume();
    await wait(20);
    expect(read).toBeGreaterThan(before);
    body.cancel();
  });

  it.each([
    ['another protocol', 'HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    ['nothing', ''],
    ['no HTTP', 'Hello\r\n\r\n'],
  ])('answered with %s fails as `fetch` does', async (_, bytes) => {
    const { url: raw, close } = await rawServer(bytes);
    const error = await ask(raw).catch((e: unknown) => e);
    close();
    expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    expect((error as { cause: Error }).cause).toHaveProperty('message');
  });

  it('fails by what the dispatcher throws', async () => {
    const cause = new Error('closed');
    const dispatcher = {
      dispatch: () => {
        throw cause;
      },
    };
    const request = { url, headers: [], body: '', signal: new AbortController().signal };
    await expect(dispatchRequest(dispatcher, request)).rejects.toMatchObject({ cause });
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
      await expect(ask(url, { signal: AbortSignal.abort('left') })).rejects.toBe('left');
    });

    it('before there is a connection is not sent', async () => {
      let sent = 0;
      answer = (_, response) => {
        sent += 1;
        response.end();
      };
      const controller = countedSignal();
      const other = new URL(url);
      other.hostname = 'localhost';
      const response = ask(other.href, { signal: controller.signal });
      controller.abort('left');
      await expect(response).rejects.toBe('left');
      await wait(50);
      expect([sent, controller.count()]).toEqual([0, 0]);
    });

    it('before its answer fails with the reason, and closes', async () => {
      const controller = countedSignal();
      const socket = begun() as Promise<NodeJS.EventEmitter>;
      const response = ask(url, { signal: controller.signal });
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
      const all = readAll((await ask(url, { signal: controller.signal })).body);
      await wait(20);
      controller.abort('left');
      expect(await all).toMatchObject({ text: 'gold', error: 'left' });
      await closed;
      expect(controller.count()).toBe(0);
    });

    it('after its answer does nothing', async () => {
      const controller = countedSignal();
      answer = (_, response) => response.end('gold');
      await readAll((await ask(url, { signal: controller.signal })).body);
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

  // Two ways, one outcome: what each fault does is reported where it is looked at by itself.
  it.each(faultNames)('ends a run over Node as over `fetch`: %s', async (name) => {
    const over = bench.play(name, params[name], { options });
    const fetched = bench.play(name, params[name], { options: { ...options, transport: 'fetch' } });
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
  async function read(url: string): Promise<string> {
    const response = await ask(url).catch(() => undefined);
    if (response === undefined) return 'no answer';
    const { text: all, error } = await readAll(response.body);
    const seen = `${response.status} ${response.headers.get('x-a')} ${all}`;
    return error === undefined ? seen : `${seen} and broke off`;
  }

  async function readByFetch(url: string): Promise<string> {
    const init = { method: 'POST', body: '{}', redirect: 'manual' } as const;
    const response = await fetch(url, init).catch(() => undefined);
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
    const { url, close } = await rawServer(bytes);
    expect(await read(url)).toBe(await readByFetch(url));
    close();
  });
});
