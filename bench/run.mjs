// `npm run bench`: what rxlm costs beside the floor and its peers. `bench/README.md` says how to read it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toMarkdown } from './report.mjs';
import { startServer } from './start-server.mjs';
import { text } from './workloads/text.mjs';

const WORKLOADS = { text };

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const names = options.only?.split(',') ?? Object.keys(WORKLOADS);
for (const name of names)
  if (!(name in WORKLOADS))
    throw new TypeError(`--only takes ${Object.keys(WORKLOADS).join(', ')}, got ${name}`);

const server = await startServer();
const tables = [];
for (const name of names) {
  for (const table of await WORKLOADS[name]({ baseURL: server.baseURL, quick: options.quick })) {
    tables.push(table);
    console.log(toMarkdown(table));
  }
}
server.stop();
const results = new URL('./results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('last.json', results), JSON.stringify({ tables }, null, 2));
