import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkChatServer } from '../support/check-chat-server';
import { startServer } from '../support/sample-server';

const root = join(__dirname, '../..');
const app = mkdtempSync(join(tmpdir(), 'rxlm-runtimes-'));
const bin = (name: string) => join(app, 'node_modules/.bin', name);

jest.setTimeout(180_000);

beforeAll(() => {
  const run = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const tarball = run(['pack', '--silent', '--pack-destination', app], root).trim();
  writeFileSync(join(app, 'package.json'), '{"private":true}');
  const packages = [
    ...[join(app, tarball.split('\n').at(-1)!), 'rxjs@7', '@anthropic-ai/sdk@1', 'bun@1', 'deno@2'],
    ...['next@16', 'react', 'react-dom', 'typescript@6.0', '@types/react', '@types/node@20'],
  ];
  run(['install', '--silent', '--no-audit', '--no-fund', ...packages], app);
  cpSync(join(app, 'node_modules/rxlm/samples'), join(app, 'samples'), { recursive: true });
  cpSync(join(root, 'samples/model.ts'), join(app, 'model.ts'));
  cpSync(join(root, 'samples/frameworks/next'), join(app, 'app/chat'), { recursive: true });
}, 600_000);

afterAll(() => {
  rmSync(app, { recursive: true, force: true });
});

const commands: Record<string, (port: string) => string[]> = {
  bun: () => [bin('bun'), 'samples/frameworks/bun.ts'],
  deno: (port) => [
    ...[bin('deno'), 'serve', '--host', '127.0.0.1', '--port', port, '--allow-net', '--allow-env'],
    'samples/frameworks/deno.ts',
  ],
  next: (port) => [bin('next'), 'dev', '--hostname', '127.0.0.1', '--port', port],
};

describe.each(Object.entries(commands))('samples/frameworks/%s', (name, command) => {
  it('hands a model on to its client, and refuses what is invalid', () =>
    checkChatServer(
      (env) => startServer(command, app, { ...env, NEXT_TELEMETRY_DISABLED: '1' }),
      name === 'next' ? '/chat' : '/',
    ));
});
