import { interleave } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FAST = ['floor fetch', 'rxlm IncrementalJson', 'rxlm withStructuredOutput'];
const SLOW = ['anthropic-sdk inputJson', 'langchain concat', 'ai-sdk partialOutputStream'];
/** They parse all of it anew at each delta: of the longest, the quickest of them takes many seconds a run. */
const LEAST_SLOW = ['anthropic-sdk inputJson'];
const LONG = 80;

/** Tool input in pieces of 14 bytes, with the value so far after each of them. */
export async function* tools({ baseURL, quick }) {
  const workers = await openWorkers([...FAST, ...SLOW], { workload: 'tools', baseURL });
  for (const kilobytes of quick ? [10] : [10, 40, LONG]) {
    const taken = [...FAST, ...(kilobytes === LONG ? LEAST_SLOW : SLOW)];
    const model = `tools-${1000 * kilobytes}`;
    const said = new Set();
    const { cpu, wall } = await interleave(taken, {
      rounds: 25,
      // After the smallest they are warm.
      warmUp: kilobytes === 10 ? 5 : 0,
      isSlow: (contender) => SLOW.includes(contender),
      turn: async (contender) => {
        const runs = SLOW.includes(contender) ? 1 : 2;
        const took = await workers.turn(contender, { model, runs });
        for (const hash of took.hashes) said.add(hash);
        if (said.size > 1) throw new Error(`${contender} reads another input of ${model}`);
        return { cpu: took.cpu / runs / 1000, wall: took.wall / runs / 1000 };
      },
    });
    yield {
      id: `tools-${kilobytes}`,
      title: `Tool input of ${kilobytes} kB, read while it grows`,
      unit: 'ms of CPU per run',
      floors: ['floor fetch'],
      values: cpu,
      wall,
      note: 'The floor appends and parses once, at the end; the others have a value after each delta.',
    };
  }
  workers.close();
}
