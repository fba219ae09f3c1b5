import { interleave } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const FAST = [
  'floor fetch',
  'rxlm stream$',
  'rxlm events$',
  'rxlm chain events$',
  'anthropic-sdk create',
  'anthropic-sdk stream',
];
const SLOW = ['langchain stream', 'ai-sdk textStream'];

/** What a long run holds on to. Each time in a process of its own, which grows only once. */
export async function* memory({ baseURL, quick }) {
  const chunks = 100_000;
  const { live, grown } = await interleave(quick ? FAST : [...FAST, ...SLOW], {
    rounds: 5,
    warmUp: 0,
    turn: async (contender) => {
      const workers = await openWorkers([contender], { task: 'memory', baseURL });
      const took = await workers.turn(contender, { model: `text-${chunks}`, chunks });
      workers.close();
      return took;
    },
  });
  yield* [
    {
      id: 'memory-live',
      title: 'Memory of a run of 100,000 deltas: what it holds at its last text',
      unit: 'MiB of live heap',
      floors: ['floor fetch'],
      values: live,
    },
    {
      id: 'memory-grown',
      title: 'Memory of a run of 100,000 deltas: how far the process grew',
      unit: 'MiB of resident memory',
      floors: ['floor fetch'],
      values: grown,
    },
  ];
}
