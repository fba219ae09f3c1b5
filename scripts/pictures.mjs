// Draws `docs/pictures/*.svg` from the recorded runs beside them, an event a line: `npm run pictures`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runToSvg } from '../lib/marbles/index.ts';

const folder = new URL('../docs/pictures/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.ndjson'))) {
  const lines = readFileSync(new URL(name, folder), 'utf8').trim().split('\n');
  const svg = runToSvg(lines.map((line) => JSON.parse(line)));
  writeFileSync(new URL(name.replace(/ndjson$/, 'svg'), folder), svg);
}
