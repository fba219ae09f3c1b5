import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(__dirname, '../..');
const cache = join(root, 'node_modules/.cache/llama');

/** What the model of a server always says: a text, one call, or a thought and a text. */
export type Saying = 'text' | 'tool' | 'think';

export interface LlamaServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Unpacks llama.cpp's server, once; throws an error that says how to do that by hand. */
export function fetchLlama(): void {
  if (existsSync(join(cache, 'root/usr/bin/llama-server'))) return;
  try {
    mkdirSync(cache, { recursive: true });
    execFileSync('bash', [join(root, 'scripts/llama/fetch.sh'), cache], { stdio: 'pipe' });
  } catch (cause) {
    throw new Error(
      "llama.cpp's server is not here. On a Debian machine with a network, run `bash scripts/llama/fetch.sh`; it unpacks the packages of Debian's suite forky into node_modules/.cache/llama",
      { cause },
    );
  }
}

/** Starts llama.cpp's own server with a model of a few MB whose weights say one thing. */
export async function startLlama(saying: Saying): Promise<LlamaServer> {
  const model = join(mkdtempSync(join(tmpdir(), 'rxlm-llama-')), 'model.gguf');
  execFileSync(process.execPath, [join(root, 'scripts/llama/make-model.mjs'), model, saying]);
  const port = await freePort();
  const usr = join(cache, 'root/usr');
  const libraries = join(usr, 'lib/x86_64-linux-gnu');
  const child = spawn(
    join(libraries, 'ld-linux-x86-64.so.2'),
    [
      ...['--library-path', `${libraries}:${libraries}/llama`, join(usr, 'bin/llama-server')],
      ...['-m', model, '--host', '127.0.0.1', '--port', String(port)],
      ...['-t', '1', '-c', '4096', '-np', '2', '--no-ui'],
    ],
    {
      env: {
        ...process.env,
        GGML_BACKEND_PATH: join(libraries, 'ggml/backends0/libggml-cpu-x64.so'),
      },
      stdio: 'ignore',
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error('llama-server has ended before it was ready');
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return { url, close };
    await wait(100);
  }
  await close();
  throw new Error('llama-server was not ready within 30 s');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
