import { LONGEST_TIMER } from '../../../lib/core/internal/longest-timer';

/** The wait that Node has noted for a timer. */
function noted(ms: number): number {
  const timer = setTimeout(() => undefined, ms);
  const { _idleTimeout: wait } = timer as unknown as { _idleTimeout: number };
  clearTimeout(timer);
  return wait;
}

describe('LONGEST_TIMER', () => {
  it('is the longest time that Node waits for', () => {
    expect(noted(LONGEST_TIMER)).toBe(LONGEST_TIMER);
    expect(noted(LONGEST_TIMER + 1)).toBe(1);
  });
});
