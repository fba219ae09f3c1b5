// `npm run bench`: what rxlm costs beside the floor and its peers. `bench/README.md` says how to read it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, versionsOf } from './machine.mjs';
import { targetsToMarkdown, toMarkdown } from './report.mjs';
import { startServer } from './start-server.mjs';
import { targetsOf } from './targets.mjs';
import { WORKLOADS } from './workloads/all.mjs';
import { writeResults } from './write.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const all = Object.keys(WORKLOADS);
const names = options.only?.split(',') ?? all;
const unknown = names.find((name) => !all.includes(name));
if (unknown !== undefined) throw new TypeError(`--only takes ${all.join(', ')}, got ${unknown}`);
if (options.write && (options.quick || names.length < all.length))
  throw new TypeError('--write takes whole results: neither --quick nor --only');

const server = await startServer();
const tables = [];
for (const name of names) {
  const began = performance.now();
  for await (const table of WORKLOADS[name]({ ...options, baseURL: server.baseURL })) {
    tables.push(table);
    console.log(toMarkdown(table));
  }
  console.log(`(${name}: ${Math.round((performance.now() - began) / 1000)} s)\n`);
}
server.stop();

const targets = targetsOf(tables);
if (targets.length > 0) console.log(targetsToMarkdown(targets));
const results = { machine: describeMachine(), versions: versionsOf(), targets, tables };
const folder = new URL('./results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('last.json', folder), JSON.stringify(results, null, 2));
if (options.write) await writeResults(results);
