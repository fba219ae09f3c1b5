import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { CASES } from './cases/all.mjs';
import { survivedBy, toMarkdown } from './table.mjs';

const BEGIN = '<!-- results: written by `npm run bench:faults -- --write` -->';
const END = '<!-- end of results -->';

/** Puts results into a page, between its marks. */
export function withResults(page, results) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('the page has no marks for the results');
  const { machine, versions, seconds } = results;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const told = [`${machine}, ${seconds} s. ${packages.join(', ')}.`, toMarkdown(results)];
  return `${page.slice(0, begin)}${BEGIN}\n\n${told.join('\n\n')}\n\n${page.slice(end)}`;
}

/** The results that are kept with the source: the page and the JSON. Some cases take the place of what was there of them. */
export async function writeResults(played) {
  const results = isWhole(played) ? played : mergedInto(readResults(), played);
  const page = new URL('./README.md', import.meta.url);
  await writeFormatted(page, withResults(readFileSync(page, 'utf8'), results));
  await writeFormatted(new URL('./results.json', import.meta.url), JSON.stringify(results));
}

const isWhole = ({ cases }) => cases.length === CASES.length;

const readResults = () =>
  JSON.parse(readFileSync(new URL('./results.json', import.meta.url), 'utf8'));

function mergedInto(before, { machine, versions, cases: played }) {
  if (machine !== before.machine || JSON.stringify(versions) !== JSON.stringify(before.versions))
    throw new Error('the results that are kept have another machine or versions: play all cases');
  const cases = before.cases.map((each) => played.find(({ id }) => id === each.id) ?? each);
  return { ...before, survived: survivedBy(cases), cases };
}

async function writeFormatted(url, text) {
  const filepath = fileURLToPath(url);
  const options = await resolveConfig(filepath);
  writeFileSync(url, await format(text, { ...options, filepath }));
}
