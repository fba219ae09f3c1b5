import type { RunEvent } from '../../../lib/core/events/run-event.js';
import { TopRuns } from '../../../lib/operators/internal/top-runs.js';
import { event } from '../event.js';

const of = (name: string, run_id: string, ...parent_ids: string[]): RunEvent =>
  event(`on_chain_${name}`, { run_id, parent_ids });

describe('TopRuns', () => {
  it.each<[string, RunEvent[], string[]]>([
    [
      'the root of a tree',
      [
        of('start', 'a'),
        of('start', 'b', 'a'),
        of('stream', 'b', 'a'),
        of('stream', 'a'),
        of('end', 'b', 'a'),
        of('end', 'a'),
      ],
      ['start a', 'stream a', 'end a'],
    ],
    [
      'the runs that were picked from one',
      [
        of('start', 'b', 'a'),
        of('start', 'c', 'a', 'b'),
        of('stream', 'c', 'a', 'b'),
        of('end', 'b', 'a'),
        of('start', 'd', 'a'),
        of('error', 'd', 'a'),
      ],
      ['start b', 'end b', 'start d', 'error d'],
    ],
    [
      'roots at the same time',
      [of('start', 'a'), of('start', 'b'), of('stream', 'a'), of('cancel', 'b'), of('end', 'a')],
      ['start a', 'start b', 'stream a', 'cancel b', 'end a'],
    ],
    [
      'a root whose start was missed',
      [of('stream', 'c', 'a'), of('stream', 'a'), of('end', 'a')],
      ['stream a', 'end a'],
    ],
    [
      'a run that comes again',
      [of('start', 'b', 'a'), of('end', 'b', 'a'), of('stream', 'b', 'a')],
      ['start b', 'end b'],
    ],
  ])('are %s', (_what, events, top) => {
    const tops = new TopRuns();
    const seen = events.filter((each) => tops.has(each));
    expect(seen.map(({ event: name, run_id }) => `${name.slice(9)} ${run_id}`)).toEqual(top);
  });
});
