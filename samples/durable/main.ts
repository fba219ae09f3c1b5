// A run that survives: two servers, a load balancer before them, one Redis. `npx tsx samples/durable/main.ts`, then open the
// address that it prints, ask, and reload the page, or kill one of the two servers. Needs `redis-server`, or REDIS_URL.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBalancer } from './balancer.ts';

const PORT = Number(process.env['PORT'] ?? 8080);
const children: ChildProcess[] = [];
const run = (command: string, args: string[], env: object = {}) => {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('error', ({ message }) => {
    console.error(`${message}. On a Debian machine: apt-get install redis-server`);
    process.exitCode = 1;
  });
  children.push(child);
};

let redis = process.env['REDIS_URL'];
if (redis === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'rxlm-'));
  run('redis-server', [
    ...['--port', String(PORT + 3), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
  ]);
  redis = `redis://127.0.0.1:${String(PORT + 3)}`;
}
const ports = [PORT + 1, PORT + 2];
const server = new URL('server.ts', import.meta.url).pathname;
for (const port of ports)
  run(process.execPath, [...process.execArgv, server], { PORT: String(port), REDIS_URL: redis });

const stop = () => {
  for (const child of children) child.kill();
  process.exit();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
startBalancer(PORT, ports);
console.log(`http://127.0.0.1:${String(PORT)}/`);
