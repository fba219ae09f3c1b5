import { interleave, openWorkers } from '../measure.mjs';

const CONTENDERS = [
  'floor fetch',
  'floor asResponse',
  'rxlm stream$',
  'rxlm events$',
  'rxlm chain stream$',
  'rxlm chain events$',
  'rxlm toAsyncIterable',
  'rxlm invoke',
  'anthropic-sdk create',
  'anthropic-sdk stream',
  'langchain stream',
  'langchain streamEvents',
  'langchain chain stream',
  'langchain chain streamEvents',
  'ai-sdk textStream',
  'ai-sdk fullStream',
];
const SIZES = [100, 1_000, 10_000, 100_000];

const isSlow = (contender) => /^(langchain|ai-sdk)/.test(contender);

/** Answers of text, from a short one to one that nobody sends, to see whether a chunk costs the same in both. */
export async function text({ baseURL, quick }) {
  const workers = await openWorkers(CONTENDERS, { workload: 'text', baseURL });
  const tables = [];
  for (const deltas of quick ? [1_000, 10_000] : SIZES) {
    // Enough chunks a turn for the clock of the process, which the slow ones reach with fewer.
    const runsOf = (contender) =>
      Math.max(1, (isSlow(contender) ? 5_000 : deltas < 1_000 ? 20_000 : 50_000) / deltas);
    const { cpu, wall } = await interleave({
      workers,
      contenders: CONTENDERS,
      model: `text-${deltas}`,
      chunks: deltas,
      runsOf,
      rounds: 9,
      isSlow,
    });
    tables.push({
      id: `text-${deltas}`,
      title: `A text of ${deltas.toLocaleString('en')} deltas`,
      unit: 'µs of CPU per chunk',
      floor: 'floor fetch',
      values: cpu,
      wall,
    });
  }
  workers.close();
  return tables;
}
