// The specs that state properties, over and over, each time with other seeds: `npm run fuzz -- --rounds 20 spec/json`.
// Ends at the first failure, which says the seed and the path to try it with.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new TypeError(`--rounds must be a number above 0, got ${values.rounds}`);

const files = readdirSync('spec', { recursive: true }).map((file) => join('spec', file));
const specs = files.filter(
  (file) =>
    file.endsWith('.spec.ts') &&
    readFileSync(file, 'utf8').includes('fc.') &&
    (positionals.length === 0 || positionals.some((part) => file.includes(part))),
);
if (specs.length === 0) throw new TypeError(`no spec with properties in ${positionals.join(', ')}`);

/** Also those that `npm test` leaves out. */
const JEST = ['jest', '--testPathIgnorePatterns=/node_modules/', '--runTestsByPath', '--silent'];
for (let round = 1; round <= rounds; round += 1) {
  console.log(`round ${round} of ${rounds}: ${specs.length} specs`);
  const { status } = spawnSync('npx', [...JEST, ...specs], {
    stdio: 'inherit',
    env: { ...process.env, RXLM_FUZZ: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
}
