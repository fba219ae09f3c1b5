import { measureRuns } from '../measure.mjs';
import { openWorkers } from '../workers.mjs';

const CONTENDERS = ['rxlm share 1', 'rxlm share 10', 'rxlm share 100'];

/** One run for many subscribers, by RxJS's own `share`. */
export async function* fanOut({ baseURL }) {
  const workers = await openWorkers(CONTENDERS, { workload: 'shared', baseURL });
  const chunks = 10_000;
  const { cpu, wall } = await measureRuns(CONTENDERS, {
    workers,
    model: `text-${chunks}`,
    chunks,
    runsOf: () => 1,
    rounds: 25,
  });
  workers.close();
  yield* [
    {
      id: 'fan-out',
      title: 'One run of 10,000 deltas for many subscribers',
      unit: 'µs of CPU per chunk',
      values: cpu,
      wall,
    },
  ];
}
