import { lastValueFrom, of, toArray } from 'rxjs';
import { AIMessage } from 'rxlm';
import { withRootId } from '../../../lib/sse/client/with-root-id.js';

const event = (run_id: string, parent_ids: string[], data: object = {}) => ({
  event: 'on_chain_stream',
  name: 'x',
  run_id,
  parent_ids,
  tags: [],
  metadata: {},
  data,
});

describe('withRootId', () => {
  it('renames the root, in the runs inside as well, and its message', async () => {
    const own = new AIMessage({ content: 'a', id: 'run-server' });
    const other = new AIMessage({ content: 'a', id: 'run-inner' });
    const events$ = of(
      event('server', []),
      event('inner', ['server'], { output: other }),
      event('server', [], { chunk: own }),
      'no event',
    );
    expect(await lastValueFrom(events$.pipe(withRootId('mine'), toArray()))).toEqual([
      event('mine', []),
      event('inner', ['mine'], { output: other }),
      event('mine', [], { chunk: new AIMessage({ content: 'a', id: 'run-mine' }) }),
      'no event',
    ]);
  });
});
