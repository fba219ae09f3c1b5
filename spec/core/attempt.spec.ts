import { attempt } from '../../lib/core/attempt.js';

describe('attempt', () => {
  it('gives what is made', () => {
    expect(attempt(() => 7)).toBe(7);
  });

  it('gives undefined where making it fails', () => {
    expect(
      attempt(() => {
        throw new Error('broken');
      }),
    ).toBeUndefined();
  });
});
