import { isRunEnding } from '../../lib/runs/run-ending.js';

describe('isRunEnding', () => {
  it.each(['end', 'error', 'cancelled', 'limit', 'producer_lost', 'stream_lost'])(
    'takes the state %s, with and without an error',
    (state) => {
      expect([isRunEnding({ state }), isRunEnding({ state, error: { name: 'E' } })]).toEqual([
        true,
        true,
      ]);
    },
  );

  it.each([
    ...[null, undefined, 'end', 5, [], {}, { state: '__proto__' }, { state: 'constructor' }],
    ...[{ state: ['end'] }, { state: 'end\n' }, { state: 'error', error: null }],
    { state: 'error', error: 'text' },
  ])('refuses %j', (value) => {
    expect(isRunEnding(value)).toBe(false);
  });
});
