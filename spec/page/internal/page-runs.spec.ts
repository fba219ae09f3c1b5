import { PageRuns } from '../../../lib/page/internal/page-runs';
import type { TimedRunEvent } from '../../../lib/marbles/diagram';

const asked = (id: string) => ({ id, scenario: 'text', speed: 1 });
const noted = (events: TimedRunEvent[], event: string) =>
  events.filter(({ value }) => value.event === event && value.parent_ids.length === 0);

describe('PageRuns', () => {
  it('starts and stops runs, each id once, and no more than twenty', async () => {
    const events: TimedRunEvent[] = [];
    const runs = new PageRuns((event) => events.push(event));
    for (let index = 0; index < 20; index++) runs.start(asked(`run-${String(index)}-of-20`));
    expect(() => runs.start(asked('run-1-of-20'))).toThrow('under way');
    expect(() => runs.start(asked('run-of-too-many'))).toThrow('too many');
    for (let turn = 0; turn < 300 && noted(events, 'on_chain_start').length < 20; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    runs.stop('run-3-of-20');
    expect(noted(events, 'on_chain_cancel').map(({ value }) => value.run_id)).toEqual([
      'run-3-of-20',
    ]);
    runs.stop('unknown');
    runs.close();
    expect(noted(events, 'on_chain_cancel')).toHaveLength(20);
  });
});
