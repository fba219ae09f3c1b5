// Two plain `tsc` runs: one file per concept on disk, with exact types for both module systems.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
for (const format of ['esm', 'cjs']) {
  execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', `scripts/tsconfig.${format}.json`], { stdio: 'inherit' });
}
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs", "sideEffects": false }\n');
writeFileSync('dist/esm/package.json', '{ "type": "module", "sideEffects": false }\n');
chmodSync('dist/esm/cli/main.js', 0o755);
