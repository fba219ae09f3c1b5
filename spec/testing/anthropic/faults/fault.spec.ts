import { choose, fault } from '../../../../lib/testing/anthropic/faults/fault.js';

const spec = { doc: 'Does nothing.', cases: ['T001'], play: async () => undefined };

it('fault gives a fault its parameters, or none', () => {
  expect(fault(spec)).toEqual({ ...spec, params: {} });
  expect(fault({ ...spec, params: { bytes: 1 } }).params).toEqual({ bytes: 1 });
});

describe('choose', () => {
  it('gives what stands under the choice', () => {
    expect(choose({ a: 1, b: undefined }, 'b')).toBeUndefined();
    expect(choose({ a: 1, b: 2 }, 'a')).toBe(1);
  });

  it.each(['c', '', 'toString', '__proto__'])('says what there is instead of "%s"', (choice) => {
    expect(() => choose({ a: 1, b: 2 }, choice)).toThrow(`"${choice}" is none of a, b`);
  });
});
