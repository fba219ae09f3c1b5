import { EMPTY_DIAGRAM } from '../../../lib/marbles/grow-diagram';
import {
  findLane,
  parentLane,
  partLane,
  putLane,
  runLane,
  typeOf,
} from '../../../lib/marbles/internal/lanes';
import { eventAt } from '../../support/timed-events';

const run = (run_id: string, depth: number) =>
  runLane(eventAt(0, 'on_chain_start', { run_id, name: run_id }).value, 'chain', 0, depth);

describe('the lanes of a diagram', () => {
  const root = run('root', 0);
  const first = run('first', 1);
  const diagram = [
    [root, undefined],
    [first, root],
    [run('second', 1), root],
    [run('inside', 2), first],
  ] as const;
  const grown = diagram.reduce((all, [lane, parent]) => putLane(all, lane, parent), EMPTY_DIAGRAM);

  it('stand in the order of the tree', () => {
    expect(grown.lanes.map(({ id }) => id)).toEqual(['root', 'first', 'inside', 'second']);
  });

  it('are found by id, and by the innermost known run around', () => {
    expect(findLane(grown, 'inside')?.depth).toBe(2);
    const { value } = eventAt(0, 'on_tool_start', { parent_ids: ['root', 'first', 'unknown'] });
    expect(parentLane(grown, value)?.id).toBe('first');
    expect(parentLane(grown, { ...value, parent_ids: undefined as never })).toBeUndefined();
  });

  it('of a model have parts', () => {
    expect(partLane(root, 'reasoning', 5)).toMatchObject({
      id: 'root/reasoning',
      depth: 1,
      startedAt: 5,
    });
  });

  it('have the type of their first event', () => {
    expect(typeOf('on_chat_model_start')).toBe('chat_model');
  });
});
