import type { Mark } from '../../../lib/marbles/diagram';
import { addMark, changeLane, startLane } from '../../../lib/marbles/internal/growing-lane';

const mark: Mark = { kind: 'text', at: 1, size: 1, text: 'x', event: 0 };

describe('a growing lane', () => {
  const lane = startLane({ id: 'a', name: 'a', type: 'chain', depth: 0, startedAt: 0 });

  it('gets marbles and facts, and leaves the lane before as it was', () => {
    const grown = addMark(addMark(lane, mark), { ...mark, at: 2 });
    const ended = changeLane(grown, { endedAt: 3, ending: 'complete' });
    expect(lane.marks).toEqual([]);
    expect(grown.marks.map(({ at }) => at)).toEqual([1, 2]);
    expect(ended).toMatchObject({ endedAt: 3, marks: [{ at: 1 }, { at: 2 }] });
    expect(grown.endedAt).toBeUndefined();
  });

  it('is plain data as JSON', () => {
    expect(JSON.parse(JSON.stringify(addMark(lane, mark)))).toEqual({
      id: 'a',
      name: 'a',
      type: 'chain',
      depth: 0,
      startedAt: 0,
      waits: [],
      marks: [mark],
    });
  });
});
