import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FrequentDelta } from '../../lib/anthropic/stream/frequent-delta.js';

const root = join(__dirname, '../..');

/** What a program of the bench's own modules says: jest does not load them. */
function said(program: string) {
  const args = ['--input-type=module', '-e', program];
  const json = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return JSON.parse(json) as {
    middles: number[];
    texts: string[];
    inputs: string[];
    table: string;
    targets: string;
    page: string;
  };
}

describe('the bench', () => {
  const { middles, texts, inputs, table, targets, page } = said(`
    import { BODIES } from './bench/bodies.mjs';
    import { toMarkdown, targetsToMarkdown } from './bench/report.mjs';
    import { median } from './bench/stats.mjs';
    import { targetsOf } from './bench/targets.mjs';
    import { frame } from './bench/wire.mjs';
    import { withResults } from './bench/write.mjs';
    import { readFileSync } from 'node:fs';
    const values = { 'floor fetch': [1, 2, 3], 'rxlm stream$': [5, 3, 4] };
    const table = { id: 'text-10000', title: 'A text', unit: 'µs', floors: ['floor fetch'], values };
    const targets = targetsOf([table, { id: 'fast-path', values: { 'deltas of text': [100] } }]);
    const results = { machine: 'A machine', versions: { rxlm: '1' }, targets, tables: [table] };
    const old = readFileSync('bench/README.md', 'utf8');
    console.log(JSON.stringify({
      middles: [median([3, 1, 2]), median([4, 1, 3, 2]), median([7])],
      texts: BODIES.text(1000).map(frame),
      inputs: BODIES.tools(10000, 'extract').map(frame),
      table: toMarkdown(table),
      targets: targetsToMarkdown(targets),
      page: withResults(withResults(old, results), results),
    }));
  `);

  it('takes the middle of its rounds', () => {
    expect(middles).toEqual([2, 2.5, 7]);
  });

  it.each([
    ['text', texts],
    ['tool input', inputs],
  ])('sends a wire whose deltas of %s the fast path reads, at least 99 of 100', (_, frames) => {
    const deltas = frames.filter((each) => each.startsWith('event: content_block_delta'));
    const wire: string = frames.join('');
    const delta = new FrequentDelta();
    const hits = frames.filter((each) => delta.read(wire, wire.indexOf(each)));
    expect(deltas.length).toBeGreaterThan(500);
    expect(hits.length).toBeGreaterThanOrEqual(0.99 * deltas.length);
  });

  it('sends up to 15 spaces before the last brace of an event', () => {
    const spaces = texts.map((each) => / *(?=\}\n\n$)/.exec(each)![0].length);
    expect(Math.min(...spaces)).toBe(0);
    expect(Math.max(...spaces)).toBe(15);
  });

  it('shows medians, spread and the ratio to the floor', () => {
    expect(table).toContain('| rxlm stream$ | 4.00 | 3.00 to 5.00 | 2.00 |');
  });

  it('says of the targets that were measured whether they are met', () => {
    expect(targets).toMatch(/rxlm stream\$, 10,000 .* at most 1\.1 × \| 2\.00 \| \*\*no\*\* \|/);
    expect(targets).toMatch(/fast path reads .* at least 99 % \| 100 \| yes \|/);
    expect(targets.split('\n')).toHaveLength(4);
  });

  it('puts its results into the page, and in the place of older ones', () => {
    expect(page.match(/A machine\. rxlm 1\./g)).toHaveLength(1);
    expect(page).toContain('## How to repeat');
  });
});
