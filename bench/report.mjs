import { median } from './stats.mjs';

/** A number with the digits that count. */
export const shown = (value) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** A table of the results as Markdown; `floors` are the rows that all are divided by, `wall` is a column if it was taken. */
export function toMarkdown({ title, unit, floors = [], values, wall, note }) {
  const ofWall = wall === undefined ? [] : [`wall, ${unit.split(' ')[0]}`];
  const header = ['', unit, 'least to most', ...floors.map((floor) => `× ${floor}`), ...ofWall];
  const rows = Object.entries(values).map(([name, each]) => [
    name,
    shown(median(each)),
    each.length > 1 ? `${shown(Math.min(...each))} to ${shown(Math.max(...each))}` : '',
    ...floors.map((floor) => (median(each) / median(values[floor])).toFixed(2)),
    ...(wall === undefined ? [] : [shown(median(wall[name]))]),
  ]);
  const table = markdownTable(header, rows);
  return [`### ${title}`, '', ...table, ...(note === undefined ? [] : ['', note]), ''].join('\n');
}

/** What was to be reached, and what was. */
export function targetsToMarkdown(targets) {
  const rows = targets.map(({ name, value, most, least, unit }) => [
    name,
    `${most === undefined ? `at least ${least}` : `at most ${most}`} ${unit}`,
    shown(value),
    isMet({ value, most, least }) ? 'yes' : '**no**',
  ]);
  return markdownTable(['', 'target', 'measured', 'met'], rows).join('\n');
}

export const isMet = ({ value, most = Infinity, least = -Infinity }) =>
  value <= most && value >= least;

function markdownTable(header, rows) {
  const line = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [header, line, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
