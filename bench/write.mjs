import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { targetsToMarkdown, toMarkdown } from './report.mjs';

const BEGIN = '<!-- results: written by `npm run bench -- --write` -->';
const END = '<!-- end of results -->';

/** Puts results into a page, between its marks. */
export function withResults(page, { machine, versions, targets, tables }) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('the page has no marks for the results');
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const results = [
    `${machine}. ${packages.join(', ')}.`,
    '### Targets',
    targetsToMarkdown(targets),
    ...tables.map(toMarkdown),
  ];
  return `${page.slice(0, begin)}${BEGIN}\n\n${results.join('\n\n')}\n${page.slice(end)}`;
}

/** The results that are kept with the source: the page and the JSON, every round in it. */
export async function writeResults(results) {
  const page = new URL('./README.md', import.meta.url);
  await writeFormatted(page, withResults(readFileSync(page, 'utf8'), results));
  await writeFormatted(new URL('./results.json', import.meta.url), JSON.stringify(results));
}

async function writeFormatted(url, text) {
  const filepath = fileURLToPath(url);
  const options = await resolveConfig(filepath);
  writeFileSync(url, await format(text, { ...options, filepath }));
}
