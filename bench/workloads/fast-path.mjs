import { openWorkers } from '../workers.mjs';

const WIRES = { text: 'text-10000', thinking: 'thinking-10000' };

/** How many deltas the fast path reads, counted from outside on the way from the socket to the subscriber. */
export async function fastPath({ baseURL }) {
  const values = {};
  for (const [workload, model] of Object.entries(WIRES)) {
    const workers = await openWorkers(['rxlm stream$'], { workload, task: 'hits', baseURL });
    const { percent } = await workers.turn('rxlm stream$', { model });
    values[`deltas of ${workload}`] = [percent];
    workers.close();
  }
  return [{ id: 'fast-path', title: 'Deltas that the fast path reads', unit: '%', values }];
}
