import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Exchange } from './http-exchange.js';
import { RequestLog, SocketLog, type SeenRequest } from './seen-request.js';

/** An HTTP server of this process, on 127.0.0.1 only, that writes down what it sees. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`: what a client takes as its base URL. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order in which they had arrived whole. */
  readonly requests: readonly SeenRequest[];
  /** Settles with the request of this index (0 is the first), at once if it is there; rejects if the server closes before. */
  request(index: number): Promise<SeenRequest>;
  /** How many connections are open, idle ones included. */
  readonly openSockets: number;
  /** What came that the test had not planned for, such as a request when no recording is left; each was answered with status 500. */
  readonly unplanned: readonly string[];
  /** Destroys all connections and settles when the server and all it had open are gone. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server that answers with `answer`; what that throws is the test's mistake, `unplanned`. */
export async function startLoopbackServer(
  answer: (exchange: Exchange) => Promise<unknown>,
): Promise<LoopbackServer> {
  const sockets = new Map<Socket, SocketLog>();
  const requests: SeenRequest[] = [];
  const unplanned: string[] = [];
  const waiting = new Set<Waiting>();
  let exchanges = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const socket = sockets.get(request.socket) ?? track(sockets, request.socket);
    const seen = new RequestLog(request, socket);
    exchanges += 1;
    const id = `req_${String(exchanges).padStart(6, '0')}`;
    const exchange = new Exchange(response, socket, seen, id);
    await seen.read(request);
    requests.push(seen);
    for (const waiter of waiting) waiter.settle();
    try {
      await answer(exchange);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      unplanned.push(reason);
      await refuse(exchange, reason);
    }
  };

  // A test says itself when a connection ends: no clock of the server's may do it.
  const clocks = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
  const server = createServer(clocks, (request, response) => void serve(request, response));
  server.on('connection', (socket) => track(sockets, socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      for (const waiter of waiting) waiter.fail();
      const gone: Promise<unknown>[] = [once(server, 'close')];
      server.close();
      for (const [socket, log] of sockets) {
        log.closer = 'server';
        gone.push(log.closed);
        socket.destroy();
      }
      await Promise.all(gone);
    })());

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    unplanned,
    get openSockets() {
      return sockets.size;
    },
    request: (index) =>
      new Promise((resolve, reject) => {
        const waiter: Waiting = {
          settle: () => {
            const seen = requests[index];
            if (!seen) return;
            waiting.delete(waiter);
            resolve(seen);
          },
          fail: () => {
            waiting.delete(waiter);
            reject(new Error(`the server closed before request ${index}`));
          },
        };
        waiting.add(waiter);
        waiter.settle();
        if (closed) waiter.fail();
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Waiting {
  settle(): void;
  fail(): void;
}

function track(sockets: Map<Socket, SocketLog>, socket: Socket): SocketLog {
  const log = new SocketLog(socket);
  sockets.set(socket, log);
  socket.once('close', () => sockets.delete(socket));
  return log;
}

async function refuse(exchange: Exchange, reason: string): Promise<void> {
  if (exchange.begun) return exchange.hangUp();
  // Told not to retry, because a client that tries again would only hide the mistake for a while.
  exchange.head(500, { 'content-type': 'application/json', 'x-should-retry': 'false' });
  const body = {
    type: 'error',
    error: { type: 'api_error', message: `unplanned: ${reason}` },
    request_id: exchange.requestId,
  };
  await exchange.write(Buffer.from(JSON.stringify(body)));
  await exchange.end();
}
