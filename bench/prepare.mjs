// Installs the peers, and beside them rxlm as it is published: the same copies of RxJS and the SDK serve all contenders.
// `node prepare.mjs [<folder>]`: the folder under this one that they are installed in.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const here = join(root, 'bench', process.argv[2] ?? '', '/');
const run = (command, args) => execFileSync(command, args, { cwd: here, encoding: 'utf8' });

const installed = (file) => existsSync(here + file) && statSync(here + file).mtimeMs;
// Not again for a lock that has not changed.
if (!(installed('node_modules/.package-lock.json') > installed('package-lock.json')))
  run('npm', ['ci', '--silent']);
rmSync(`${here}node_modules/rxlm`, { recursive: true, force: true });
const [{ filename }] = JSON.parse(
  run('npm', ['pack', root, '--json', '--ignore-scripts', '--silent']),
);
mkdirSync(`${here}node_modules/rxlm`, { recursive: true });
run('tar', ['-xzf', filename, '--strip-components=1', '-C', 'node_modules/rxlm']);
rmSync(here + filename);
