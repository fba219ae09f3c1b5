// Runs the specs that depend on RxJS's internals with another version of RxJS: `npm run test:rxjs -- 7.8.0`, `-- next`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [version = '7.8.0', ...jest] = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/rxjs', version);
const specs = ['core', 'operators', 'adapters', 'runnables', 'models'].map(
  (name) => `spec/${name}/`,
);

const run = (command, args, options) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
};
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `rxjs@${version}`], {
  cwd: folder,
});
run(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...specs, ...jest], {
  cwd: root,
  env: { ...process.env, RXJS: join(folder, 'node_modules/rxjs') },
});
