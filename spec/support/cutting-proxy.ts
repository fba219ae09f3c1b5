import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  readonly url: string;
  /** Cuts every connection that there is. For `ms` new ones are cut as well. */
  cut(ms?: number): void;
  /** Cuts each connection that there is where the next reply comes: what was asked is done, and nobody knows. */
  cutBeforeReply(): void;
  /** Where new connections go. */
  aim(port: number): void;
  close(): Promise<void>;
}

/** Passes TCP connections on to a port of the loopback, until they are cut. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  /** Connections of which the next reply is swallowed. */
  const doomed = new WeakSet<Socket>();
  const inners = new Set<Socket>();
  let port = target;
  let deadUntil = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((inner) => {
    keep(inner);
    if (performance.now() < deadUntil) {
      inner.destroy();
      return;
    }
    const outer = connect(port, '127.0.0.1');
    keep(outer);
    inners.add(inner);
    inner.pipe(outer);
    outer.on('data', (data) => {
      if (doomed.has(inner)) inner.destroy();
      else if (!inner.destroyed && !inner.write(data)) outer.pause();
    });
    inner.on('drain', () => outer.resume());
    inner.on('close', () => {
      inners.delete(inner);
      outer.destroy();
    });
    outer.on('close', () => inner.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  const cut = (ms = 0): void => {
    deadUntil = performance.now() + ms;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: own,
    url: `redis://127.0.0.1:${String(own)}`,
    cut,
    cutBeforeReply: () => {
      for (const inner of inners) doomed.add(inner);
    },
    aim: (to) => {
      port = to;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
