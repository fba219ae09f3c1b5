import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on its port, with what it has written. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

class EarlyExit extends Error {}

/** Starts a Redis of its own on a free port of the loopback, in a folder of its own. Without persistence unless options say so. */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rxlm-redis-'));
  let port = await freePort();
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();

  const start = async (): Promise<void> => {
    const own = spawn(
      'redis-server',
      [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
        ...options,
      ],
      { stdio: 'ignore' },
    );
    child = own;
    let failure: unknown;
    exited = new Promise((resolve) => {
      own.once('exit', () => {
        resolve();
      });
      own.once('error', (error) => {
        failure = error;
        resolve();
      });
    });
    for (let tries = 0; tries < 300; tries += 1) {
      if (failure !== undefined)
        throw new Error(
          'redis-server (7.0 or newer) is not here. On a Debian machine, run `apt-get install -y redis-server`',
          { cause: failure },
        );
      if (own.exitCode !== null) throw new EarlyExit('redis-server has ended before it was ready');
      if (await isReady(port)) return;
      await wait(50);
    }
    throw new Error('redis-server was not ready within 15 s');
  };
  const kill = async (): Promise<void> => {
    child?.kill('SIGKILL');
    await exited;
  };

  for (let tries = 1; ; tries += 1) {
    try {
      await start();
      break;
    } catch (error) {
      // Another process may have taken the port meanwhile.
      if (!(error instanceof EarlyExit) || tries === 3) throw error;
      port = await freePort();
    }
  }
  return {
    port,
    url: `redis://127.0.0.1:${String(port)}`,
    get pid() {
      return child?.pid ?? 0;
    },
    start,
    kill,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether it answers, and has read what it had written. */
async function isReady(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data).startsWith('+PONG'));
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
