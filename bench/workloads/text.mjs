import { measureRuns } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FAST = [
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
];
const SLOW = [
  'langchain stream',
  'langchain streamEvents',
  'langchain chain stream',
  'langchain chain streamEvents',
  'ai-sdk textStream',
  'ai-sdk fullStream',
];
/** One or two of each library, where a run takes them a second or more. */
const LESS_SLOW = ['langchain stream', 'langchain streamEvents', 'ai-sdk textStream'];
const LEAST_SLOW = ['langchain stream', 'ai-sdk textStream'];
const LONG = 100_000;

const slowOf = (deltas, quick) => {
  if (deltas === LONG) return LEAST_SLOW;
  return deltas === 1_000 && !quick ? SLOW : LESS_SLOW;
};

/** Answers of text, from a short one to one that nobody sends, to see whether a chunk costs the same in both. */
export async function* text({ baseURL, quick }) {
  const workers = await openWorkers([...FAST, ...SLOW], { baseURL });
  for (const deltas of quick ? [1_000, 10_000] : [100, 1_000, 10_000, LONG]) {
    // Enough chunks a turn for the clock of the process, which the slow ones reach with fewer.
    const runsOf = (contender) =>
      Math.max(1, (SLOW.includes(contender) ? 2_000 : deltas < 1_000 ? 5_000 : 20_000) / deltas);
    const { cpu, wall } = await measureRuns([...FAST, ...slowOf(deltas, quick)], {
      workers,
      model: `text-${deltas}`,
      chunks: deltas,
      runsOf,
      rounds: 25,
      // The longest comes last, when all are warm, and is long enough to need fewer rounds.
      ...(deltas === LONG && { rounds: 9, warmUp: 1, slowEvery: 2 }),
      isSlow: (contender) => SLOW.includes(contender),
    });
    yield {
      id: `text-${deltas}`,
      title: `A text of ${deltas.toLocaleString('en')} deltas`,
      unit: 'µs of CPU per chunk',
      floors: ['floor fetch', 'floor asResponse'],
      values: cpu,
      wall,
    };
  }
  workers.close();
}
