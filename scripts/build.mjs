// `tsc` makes the types, a file each, for both module systems; rollup makes the code, a few files each: a hundred small
// ones took ten times as long to load.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';

const { bin, exports, dependencies, peerDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const packages = Object.keys({ ...dependencies, ...peerDependencies });
const external = (id) =>
  id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`));

/** The files of `dist/esm` that others load, by their names without the ending. */
const entries = Object.values(exports).flatMap(({ import: entry }) => entry?.default ?? []);
const inputs = (files) =>
  Object.fromEntries(files.map((file) => [file.replace(/^\.\/dist\/esm\/|\.js$/g, ''), file]));

function compile(project) {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', `scripts/tsconfig.${project}.json`];
  // To standard error, because `npm pack` speaks on standard output.
  const { status } = spawnSync(process.execPath, tsc, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

async function bundle(files) {
  return rollup({
    input: inputs(files),
    external,
    treeshake: { moduleSideEffects: false },
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
}

const write = (build, format) =>
  build.write({
    dir: `dist/${format}`,
    format,
    chunkFileNames: 'shared/[name].js',
    minifyInternalExports: false,
    interop: 'auto',
    hoistTransitiveImports: false,
  });

rmSync('dist', { recursive: true, force: true });
compile('esm');
compile('cjs');
const esm = await bundle([...entries, ...Object.values(bin)]);
const cjs = await bundle(entries);
for (const file of readdirSync('dist/esm', { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.js')) rmSync(join('dist/esm', file));
await write(esm, 'esm');
await write(cjs, 'cjs');
for (const [format, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
])
  writeFileSync(`dist/${format}/package.json`, JSON.stringify({ type, sideEffects: false }) + '\n');
await import('./build-page.mjs');
for (const file of Object.values(bin)) chmodSync(file, 0o755);
