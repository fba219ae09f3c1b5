// `npm run bench:faults`: what clients make of the same faults. `bench/faults/README.md` says how to read it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, versionsOf } from '../machine.mjs';
import { CASES } from './cases/all.mjs';
import { CLIENTS } from './clients/all.mjs';
import { runAll } from './run-all.mjs';
import { survivedBy, toMarkdown } from './table.mjs';
import { writeResults } from './write.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    clients: { type: 'string' },
    lanes: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
});
const among = (option, all) => {
  const named = options[option]?.split(',') ?? all;
  const unknown = named.find((name) => !all.includes(name));
  if (unknown === undefined) return named;
  throw new TypeError(`--${option} takes ${all.join(',')}, got ${unknown}`);
};
const ids = among(
  'only',
  CASES.map(({ id }) => id),
);
const clients = among('clients', Object.keys(CLIENTS));
if (options.write && options.clients !== undefined)
  throw new TypeError('--write takes the results of all clients: not --clients');

const began = performance.now();
const cases = await runAll({
  cases: CASES.filter(({ id }) => ids.includes(id)),
  clients,
  lanes: Number(options.lanes),
  onResult: ({ id }, { name = '' }, client, { wrong, outcome, code = '', closeMs = '-' }) =>
    console.log(
      [id, client, wrong === undefined ? 'ok' : `NOT: ${wrong}`, name, outcome, code, closeMs].join(
        ' | ',
      ),
    ),
});
const results = {
  machine: describeMachine(),
  versions: versionsOf('faults/'),
  seconds: Math.round((performance.now() - began) / 1000),
  total: cases.length,
  survived: survivedBy(cases, clients),
  cases,
};
console.log(`\n${toMarkdown(results)}`);
const folder = new URL('./results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('last.json', folder), JSON.stringify(results, null, 2));
if (options.write) await writeResults(results);
process.exit();
