// Bundles the page's script and copies its other files: `node scripts/build-page.mjs [folder]`, into `dist/page` by default.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'dist/page');

mkdirSync(folder, { recursive: true });
for (const file of ['index.html', 'page.css'])
  copyFileSync(join(root, 'page', file), join(folder, file));
buildSync({
  entryPoints: [join(root, 'page/main.ts')],
  outfile: join(folder, 'page.js'),
  alias: { 'rxlm/marbles': join(root, 'lib/marbles/index.ts') },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2023',
  platform: 'browser',
  logLevel: 'warning',
});
