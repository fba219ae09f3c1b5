import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { firstValueFrom, toArray } from 'rxjs';
import { ChatAnthropic } from '../../../lib/anthropic/chat-anthropic';
import { dispatchRequest } from '../../../lib/http/transport/dispatch-request';
import { type Dispatcher, platformDispatcher } from '../../../lib/http/transport/dispatcher';
import { UsedConnection } from '../../../lib/http/transport/used-connection';
import type { RunEvent } from '../../../lib/core/events/run-event';
import { encodeBody } from '../../../lib/testing/http/frame';
import { readAll } from '../../support/received';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer';

const ANSWER = Buffer.from(encodeBody(GOOD));
const HEAD = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${String(ANSWER.length)}\r\nconnection: keep-alive\r\n\r\n`;

/** What becomes of a request: its number on its connection and among all, from 0. */
type Serve = (socket: Socket, onSocket: number, of: number) => void;

/** A server without manners: HTTP no further than a request's head and `content-length`. */
async function rawServer(serve: Serve) {
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let got = '';
    let onSocket = 0;
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      got += bytes.toString('latin1');
      const end = got.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(got)?.[1] ?? 0);
      if (end === -1 || got.length < end + 4 + length) return;
      got = got.slice(end + 4 + length);
      serve(socket, onSocket++, requests++);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    get requests() {
      return requests;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

const answer = (socket: Socket): void => {
  socket.write(HEAD);
  socket.write(ANSWER);
};

const CLOSED = /^(ECONNRESET|UND_ERR_SOCKET)$/;

let server: Awaited<ReturnType<typeof rawServer>>;
const start = async (serve: Serve): Promise<string> => {
  server = await rawServer(serve);
  return server.url;
};
afterEach(() => server.close());

const ask = (url: string, signal = new AbortController().signal) =>
  dispatchRequest(platformDispatcher() as Dispatcher, { url, headers: [], body: '{}', signal });
const post = async (url: string): Promise<string> => {
  const { text, error } = await readAll((await ask(url)).body);
  if (error !== undefined) throw error as Error;
  // A connection is used again from the next turn on.
  await new Promise((resolve) => setImmediate(resolve));
  return text;
};

describe('a connection that was kept', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['is reset', (socket) => socket.resetAndDestroy()],
    ['is ended', (socket) => socket.end()],
  ])(
    '%s when it is used again: the request is sent once more, over a new one',
    async (_, leave) => {
      const seen: number[] = [];
      const url = await start((socket, onSocket) => {
        seen.push(onSocket);
        if (onSocket === 0) answer(socket);
        else leave(socket);
      });
      expect(await post(url)).toBe(ANSWER.toString());
      expect(await post(url)).toBe(ANSWER.toString());
      expect(seen).toEqual([0, 1, 0]);
    },
  );

  it('is followed by others that were kept, until one is new', async () => {
    const waiting: Socket[] = [];
    const seen: number[] = [];
    const url = await start((socket, onSocket, of) => {
      seen.push(onSocket);
      if (onSocket > 0) socket.resetAndDestroy();
      else if (of > 1) answer(socket);
      else if (waiting.push(socket) === 2) waiting.forEach(answer);
    });
    await Promise.all([post(url), post(url)]);
    expect(await post(url)).toBe(ANSWER.toString());
    expect(seen).toEqual([0, 0, 1, 1, 0]);
  });

  it('is given up where the new one is reset as well: sent twice at most', async () => {
    const url = await start((socket, _, of) => {
      if (of === 0) answer(socket);
      else socket.resetAndDestroy();
    });
    await post(url);
    await expect(post(url)).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: expect.stringMatching(CLOSED) as string },
    });
    expect(server.requests).toBe(3);
  });

  it.each([
    ['a status line', HEAD],
    ['a part of one', 'HTTP/1.1 2'],
  ])('is not given up once %s has come: the server has seen the request', async (_, bytes) => {
    const url = await start((socket, onSocket) => {
      if (onSocket === 0) answer(socket);
      else socket.write(bytes, () => socket.end());
    });
    await post(url);
    await expect(post(url)).rejects.toThrow();
    expect(server.requests).toBe(2);
  });

  it('is aborted, not sent once more, by a signal', async () => {
    const abort = new AbortController();
    const url = await start((socket, onSocket) => {
      if (onSocket === 0) answer(socket);
      else abort.abort(new Error('enough'));
    });
    await post(url);
    await expect(ask(url, abort.signal)).rejects.toThrow('enough');
    expect(server.requests).toBe(2);
  });
});

it('a new connection that is reset is a failure', async () => {
  const url = await start((socket) => socket.resetAndDestroy());
  await expect(post(url)).rejects.toMatchObject({
    cause: { code: expect.stringMatching(CLOSED) as string },
  });
  expect(server.requests).toBe(1);
});

describe('a model', () => {
  const model = (baseURL: string): ChatAnthropic =>
    new ChatAnthropic({ model: 'm', maxTokens: 1, apiKey: 'k', baseURL, maxRetries: 0 });

  it('[26] asks fifty times a server that ends each connection behind its answer', async () => {
    const url = await start((socket) => {
      answer(socket);
      setTimeout(() => socket.end(), 0.6);
    });
    const events: RunEvent[] = [];
    for (let call = 0; call < 50; call += 1) {
      const { text } = await model(url).invoke('Hi', {
        listeners: [(event) => events.push(event)],
      });
      expect(text).toBe('Hello wörld 🌍👩‍🚀!');
    }
    expect(events.filter(({ event }) => event === 'on_chat_model_retry')).toEqual([]);
  });

  it('[26] reports no retry where a request is sent once more', async () => {
    const url = await start((socket, onSocket) => {
      if (onSocket === 0) answer(socket);
      else socket.resetAndDestroy();
    });
    await model(url).invoke('Hi');
    const events = await firstValueFrom(model(url).events$('Hi').pipe(toArray()));
    expect(server.requests).toBe(3);
    expect(events.map(({ event }) => event)).not.toContain('on_chat_model_retry');
    expect(events.at(-1)?.event).toBe('on_chat_model_end');
  });

  it('[26] fails by `connection` where a new connection is reset', async () => {
    const url = await start((socket) => socket.resetAndDestroy());
    await expect(model(url).invoke('Hi')).rejects.toMatchObject({ code: 'connection' });
  });
});

describe('UsedConnection', () => {
  const CHANNEL = 'undici:client:sendHeaders';
  const connection = (bytesRead?: number) => {
    const used = new UsedConnection(process.getBuiltinModule);
    const socket = { bytesRead };
    used.watch();
    if (bytesRead !== undefined) channel(CHANNEL).publish({ socket });
    return { used, socket };
  };
  beforeAll(() => start(answer));

  it.each<[string, number | undefined, number, unknown, boolean]>([
    ['a reset', 5, 0, { code: 'ECONNRESET' }, true],
    ['a write to a closed connection', 5, 0, { code: 'EPIPE' }, true],
    ['an end', 5, 0, { code: 'UND_ERR_SOCKET' }, true],
    ['another error', 5, 0, { code: 'ETIMEDOUT' }, false],
    ['no error', 5, 0, null, false],
    ['a new connection', 0, 0, { code: 'ECONNRESET' }, false],
    ['a byte of an answer', 5, 1, { code: 'ECONNRESET' }, false],
    ['no connection', undefined, 0, { code: 'ECONNRESET' }, false],
  ])('of %s', (_, before, came, error, hasEnded) => {
    const { used, socket } = connection(before);
    socket.bytesRead = (before ?? 0) + came;
    expect(used.hasEnded(error)).toBe(hasEnded);
  });

  it('listens for no other request than the next, and not for long', async () => {
    connection(5);
    expect(channel(CHANNEL).hasSubscribers).toBe(false);
    connection();
    expect(channel(CHANNEL).hasSubscribers).toBe(true);
    await Promise.resolve();
    expect(channel(CHANNEL).hasSubscribers).toBe(false);
  });
});
