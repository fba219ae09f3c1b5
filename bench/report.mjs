import { median } from './stats.mjs';

/** A number with three digits that count. */
export const shown = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(value >= 10 ? 3 : 3);

/** A table of the results as Markdown. Wall time is a column where it was taken. */
export function toMarkdown({ title, unit, floor, values, wall, note }) {
  const base = floor && median(values[floor]);
  const header = ['', unit, 'least to most', floor && '× floor', wall && 'wall, µs'];
  const rows = Object.entries(values).map(([name, each]) => [
    name,
    shown(median(each)),
    each.length > 1 ? `${shown(Math.min(...each))} to ${shown(Math.max(...each))}` : '',
    floor && (median(each) / base).toFixed(2),
    wall && shown(median(wall[name])),
  ]);
  const lines = [header, header.map((_, column) => (column ? '---:' : '---')), ...rows].map(
    (cells) => `| ${cells.filter((cell) => cell !== undefined).join(' | ')} |`,
  );
  return [`### ${title}`, '', ...lines, ...(note ? ['', note] : []), ''].join('\n');
}
