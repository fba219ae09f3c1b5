import { measureRuns } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FAST = [
  'floor fetch',
  'rxlm stream$',
  'rxlm events$',
  'rxlm chain stream$',
  'rxlm chain events$',
  'rxlm invoke',
  'anthropic-sdk create',
  'anthropic-sdk stream',
];
const SLOW = ['langchain stream', 'ai-sdk textStream'];
const SHORT = 10;

/** Answers in the shape that real providers send: one event per HTTP chunk, 64 of them in a write. */
export async function* burst({ baseURL }) {
  const workers = await openWorkers([...FAST, ...SLOW], { baseURL });
  for (const deltas of [SHORT, 1_000, 10_000]) {
    const runsOf = (contender) =>
      Math.max(1, (SLOW.includes(contender) ? 2_000 : deltas === SHORT ? 2_000 : 20_000) / deltas);
    const { cpu, wall } = await measureRuns([...FAST, ...SLOW], {
      workers,
      model: `burst-${deltas}`,
      chunks: deltas === SHORT ? 1 : deltas,
      runsOf,
      rounds: 15,
      isSlow: (contender) => SLOW.includes(contender),
    });
    yield {
      id: `burst-${deltas}`,
      title:
        deltas === SHORT
          ? 'A short answer, one event per HTTP chunk'
          : `${deltas.toLocaleString('en')} deltas, one event per HTTP chunk, 64 chunks a write`,
      unit: deltas === SHORT ? 'µs of CPU per answer' : 'µs of CPU per chunk',
      floors: ['floor fetch'],
      values: cpu,
      wall,
    };
  }
  workers.close();
}
