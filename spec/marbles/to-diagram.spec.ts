import { isTimedRunEvent, toDiagram } from '../../lib/marbles/to-diagram';
import { eventAt, modelEvents } from '../support/timed-events';

describe('toDiagram', () => {
  it('folds events into one diagram', () => {
    const { lanes, duration, firstTokenAt, lastTokenAt } = toDiagram(modelEvents(['a', 'b']));
    expect(lanes).toHaveLength(1);
    expect([duration, firstTokenAt, lastTokenAt]).toEqual([3, 1, 2]);
  });

  it('says which element is no event with its time', () => {
    const wrong = [eventAt(0, 'on_chain_start'), { event: 'on_chain_end' } as never];
    expect(() => toDiagram(wrong)).toThrow(/events must have elements .* at 1$/);
  });
});

describe('isTimedRunEvent', () => {
  it.each([
    null,
    1,
    {},
    { timestamp: 1, value: null },
    { timestamp: 'x', value: {} },
    { timestamp: 1 },
  ])('is false for %j', (value) => {
    expect(isTimedRunEvent(value)).toBe(false);
  });
  it('is true for an event with its time', () => {
    expect(isTimedRunEvent(eventAt(1, 'on_chain_start'))).toBe(true);
  });
});
