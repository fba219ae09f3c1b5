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
/** Of these where time is short: one of each library for the longest, which takes them seconds a run. */
const SLOW_IN_SHORT = ['langchain stream', 'langchain streamEvents', 'ai-sdk textStream'];
const LONG_SLOW = ['langchain stream', 'ai-sdk textStream'];
const LONG = 100_000;

/** Answers of text, from a short one to one that nobody sends, to see whether a chunk costs the same in both. */
export async function* text({ baseURL, quick }) {
  const workers = await openWorkers([...FAST, ...SLOW], { baseURL });
  for (const deltas of quick ? [1_000, 10_000] : [100, 1_000, 10_000, LONG]) {
    // Enough chunks a turn for the clock of the process, which the slow ones reach with fewer.
    const runsOf = (contender) =>
      Math.max(1, (SLOW.includes(contender) ? 2_000 : deltas < 1_000 ? 5_000 : 20_000) / deltas);
    const slow = deltas === LONG ? LONG_SLOW : quick ? SLOW_IN_SHORT : SLOW;
    const { cpu, wall } = await measureRuns([...FAST, ...slow], {
      workers,
      model: `text-${deltas}`,
      chunks: deltas,
      runsOf,
      rounds: 25,
      // The longest comes last: all are warm, and the slow ones take part from round 0 on.
      ...(deltas === LONG && { warmUp: 2 }),
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
