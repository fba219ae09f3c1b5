import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { CONTENDERS } from './contenders/all.js';
import { measureFanOut } from './fan-out.js';
import { measureFaults } from './faults.js';
import { measureJoiners } from './joiners.js';
import { report } from './report.js';
import { measureSpeed } from './speed.js';

/**
 * `npm run bench:durable [-- --write]`: durable runs in Redis beside `resumable-stream` and a list with PUBLISH under the same
 * faults, and what they cost; about four minutes. Needs `redis-server`. `--write` writes the tables into docs/durable-runs.md.
 */
const tables = report({
  speed: await measureSpeed(),
  joiners: [await measureJoiners(false), await measureJoiners(true)],
  fanOut: await measureFanOut(),
  faults: await measureFaults(Object.keys(CONTENDERS)),
});
process.stdout.write(`${tables}\n`);
if (process.argv.includes('--write')) {
  const file = fileURLToPath(new URL('../../docs/durable-runs.md', import.meta.url));
  const page = readFileSync(file, 'utf8');
  const written = page.replace(
    /(<!-- measured[^>]*-->\n)[^]*(<!-- \/measured -->)/,
    (_all, begin: string, end: string) => `${begin}\n${tables}\n\n${end}`,
  );
  if (written === page) throw new Error('docs/durable-runs.md has no place for the tables');
  writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
}
