import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimedRunEvent } from '../../lib/marbles/diagram';
import { runToSvg } from '../../lib/marbles/run-to-svg';

const folder = join(__dirname, '../../docs/pictures');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const names = readdirSync(folder).map((file) => file.replace(/\.\w+$/, ''));

describe('docs/pictures', () => {
  it.each([...new Set(names)])('%s.svg is what `npm run pictures` draws', (name) => {
    const lines = read(`${name}.ndjson`).trim().split('\n');
    expect(read(`${name}.svg`)).toBe(
      runToSvg(lines.map((line) => JSON.parse(line) as TimedRunEvent)),
    );
  });

  it('are what the README shows', () => {
    const readme = readFileSync(join(folder, '../../README.md'), 'utf8');
    const shown = [...readme.matchAll(/docs\/pictures\/([\w-]+)\.svg/g)].map(([, name]) => name!);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((name) => !names.includes(name))).toEqual([]);
  });
});
