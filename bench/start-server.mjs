import { fork } from 'node:child_process';
import { once } from 'node:events';

/** The loopback server: where it is, and what ends it. */
export async function startServer() {
  const child = fork(new URL('./server.mjs', import.meta.url));
  const [port] = await once(child, 'message');
  return { baseURL: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}
