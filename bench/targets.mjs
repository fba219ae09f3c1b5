import { median } from './stats.mjs';

const TIMES = '×';

/** The targets of which the tables have what it takes, each with its value. */
export function targetsOf(tables) {
  const targets = makeTargets(valuesOf(tables));
  return targets.filter(({ value }) => Number.isFinite(value));
}

/** The median of a row of a table, by their names; NaN where it was not measured. */
const valuesOf = (tables) => (id, row) => {
  const values = tables.find((table) => table.id === id)?.values[row];
  return values === undefined ? NaN : median(values);
};

const makeTargets = (of) => [
  ...[10, 1_000, 10_000].map((deltas) => ({
    name: `rxlm stream$, one event per HTTP chunk, ${deltas.toLocaleString('en')} deltas, over floor fetch`,
    value: of(`burst-${deltas}`, 'rxlm stream$') / of(`burst-${deltas}`, 'floor fetch'),
    most: deltas === 10 ? 1.1 : 1,
    unit: TIMES,
  })),
  ...overFloor(of, 'rxlm stream$', 1.25, 1.1),
  ...overFloor(of, 'rxlm events$', 1.6, 1.4),
  ...overFloor(of, 'rxlm chain stream$', 1.4, 1.25),
  ...overFloor(of, 'rxlm chain events$', 2.1, 1.9),
  ...overFloor(of, 'rxlm toAsyncIterable', 1.5, 1.3),
  ...ahead(of, 'anthropic-sdk create', 'rxlm stream$', 1),
  ...ahead(of, 'langchain stream', 'rxlm stream$', 15),
  ...ahead(of, 'langchain streamEvents', 'rxlm events$', 20),
  ...ahead(of, 'ai-sdk textStream', 'rxlm stream$', 12),
  ...['rxlm stream$', 'rxlm events$', 'rxlm chain stream$', 'rxlm chain events$'].map((row) => ({
    name: `${row}: a chunk of 100,000 beside one of 10,000`,
    value: of('text-100000', row) / of('text-10000', row),
    most: 1.2,
    unit: TIMES,
  })),
  ...['rxlm IncrementalJson', 'rxlm withStructuredOutput'].map((row) => ({
    name: `${row}: tool input of 80 kB, read while it grows`,
    value: of('tools-80', row),
    most: 150,
    unit: 'ms',
  })),
  {
    name: 'fan-out to 100: each chunk and subscriber more',
    value: (of('fan-out', 'rxlm share 100') - of('fan-out', 'rxlm share 1')) / 99,
    most: 0.1,
    unit: 'µs',
  },
  {
    name: 'rxlm stream$, many slow streams: CPU over fetch',
    value: of('slow-cpu', 'rxlm stream$') / of('slow-cpu', 'floor fetch'),
    most: 1.2,
    unit: TIMES,
  },
  {
    name: 'rxlm stream$, many slow streams: live heap of each above fetch',
    value: of('slow-heap', 'rxlm stream$') - of('slow-heap', 'floor fetch'),
    most: 12,
    unit: 'KiB',
  },
  {
    name: 'rxlm stream$: first text after fetch',
    value: of('first-chunk', 'rxlm stream$') - of('first-chunk', 'floor fetch'),
    most: 1,
    unit: 'ms',
  },
  {
    name: 'importing rxlm, above rxjs',
    value: of('import', 'rxlm') - of('import', 'rxjs'),
    most: 40,
    unit: 'ms',
  },
  {
    name: 'bundle of ChatModel, lambda, toAsyncIterable',
    value: of('size', 'rxlm: ChatModel, lambda, toAsyncIterable'),
    most: 8,
    unit: 'kB',
  },
  {
    name: 'bundle of a model over HTTP',
    value: of('size', 'rxlm: a model over HTTP'),
    most: 12,
    unit: 'kB',
  },
  {
    name: 'deltas of text that the fast path reads',
    value: of('fast-path', 'deltas of text'),
    least: 99,
    unit: '%',
  },
];

/** The CPU per chunk beside `fetch`, and beside the SDK's response, which rxlm reads. */
const overFloor = (of, row, mostOfShort, mostOfLong) =>
  ['floor fetch', 'floor asResponse'].flatMap((floor) =>
    [1_000, 10_000, 100_000].map((deltas) => ({
      name: `${row}, ${deltas.toLocaleString('en')} deltas, over ${floor}`,
      value: of(`text-${deltas}`, row) / of(`text-${deltas}`, floor),
      most: deltas === 1_000 ? mostOfShort : mostOfLong,
      unit: TIMES,
    })),
  );

/** How many times the CPU per chunk of ours another takes. */
const ahead = (of, other, ours, least) =>
  [1_000, 10_000].map((deltas) => ({
    name: `${other} beside ${ours}, ${deltas.toLocaleString('en')} deltas`,
    value: of(`text-${deltas}`, other) / of(`text-${deltas}`, ours),
    least,
    unit: TIMES,
  }));
