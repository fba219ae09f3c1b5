// Two plain `tsc` runs: one file per concept on disk, with exact types for both module systems.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
for (const [format, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', `scripts/tsconfig.${format}.json`];
  // To standard error, because `npm pack` speaks on standard output.
  const { status } = spawnSync(process.execPath, tsc, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
  writeFileSync(`dist/${format}/package.json`, JSON.stringify({ type, sideEffects: false }) + '\n');
}
const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const file of Object.values(bin)) chmodSync(file, 0o755);
