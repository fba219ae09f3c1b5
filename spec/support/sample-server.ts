import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(__dirname, '../..');

export interface SampleServer {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a sample that is a server, as a user would, in a process of its own; settles when it answers. */
export async function startSampleServer(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<SampleServer> {
  return startServer(() => [process.execPath, '--import', 'tsx', file], ROOT, env);
}

/** Starts a command that serves on a port, in a process group of its own; settles when it answers. */
export async function startServer(
  command: (port: string) => readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<SampleServer> {
  const port = String(await freePort());
  const [program = '', ...args] = command(port);
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PORT: port, ANTHROPIC_API_KEY: 'sk-canary-key', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  for (let turn = 0; turn < 600 && !(await answers()); turn += 1) await wait(50);
  return {
    url,
    close: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
