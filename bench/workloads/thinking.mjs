import { measureRuns } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FAST = ['floor fetch', 'rxlm stream$', 'anthropic-sdk create', 'anthropic-sdk stream'];
const SLOW = ['langchain stream', 'ai-sdk fullStream'];

/** Thinking comes in chunks whose content is a list of blocks, not a string. */
export async function* thinking({ baseURL, quick }) {
  const contenders = quick ? FAST : [...FAST, ...SLOW];
  const workers = await openWorkers(contenders, { workload: 'thinking', baseURL });
  const deltas = 10_000;
  const { cpu, wall } = await measureRuns(contenders, {
    workers,
    model: `thinking-${deltas}`,
    chunks: deltas,
    runsOf: (contender) => (SLOW.includes(contender) ? 1 : 2),
    rounds: 25,
    isSlow: (contender) => SLOW.includes(contender),
  });
  workers.close();
  yield* [
    {
      id: 'thinking',
      title: `Thinking of ${deltas.toLocaleString('en')} deltas`,
      unit: 'µs of CPU per chunk',
      floors: ['floor fetch'],
      values: cpu,
      wall,
    },
  ];
}
