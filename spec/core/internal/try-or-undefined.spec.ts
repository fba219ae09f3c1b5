import { attempt } from '../../../lib/core/internal/try-or-undefined.js';

const failing = (): number => {
  throw new Error('broken');
};

describe('attempt', () => {
  it('gives what is made, and undefined where making it fails', () => {
    expect([attempt(() => 7), attempt(failing)]).toEqual([7, undefined]);
  });
});
