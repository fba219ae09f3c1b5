import { ModelError } from 'rxlm';
import { retryDelay } from '../../../lib/http/internal/retry-delay';

const error = (fields: Partial<ConstructorParameters<typeof ModelError>[1]> = {}) =>
  new ModelError('', {
    code: 'overloaded',
    provider: 'anthropic',
    retryable: true,
    ...fields,
  });

describe('retryDelay', () => {
  it('[26] grows from half a second to eight', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((attempt) => retryDelay(error(), attempt, () => 0));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  });

  it('[26] takes off up to a quarter, and is never under 250 ms', () => {
    expect(retryDelay(error(), 2, () => 0.999999)).toBeCloseTo(750, 0);
    expect(retryDelay(error({ retryAfterMs: 0 }), 1)).toBe(250);
  });

  it('[26] waits as long as the provider asks, up to a minute', () => {
    expect(retryDelay(error({ retryAfterMs: 1000 }), 1)).toBe(1000);
    expect(retryDelay(error({ retryAfterMs: 60_000 }), 1)).toBe(60_000);
    expect(retryDelay(error({ retryAfterMs: 60_001 }), 1)).toBeUndefined();
  });

  it('[26] gives up on what cannot succeed, or has been seen', () => {
    const seen = error();
    seen.emitted = true;
    expect(retryDelay(seen, 1)).toBeUndefined();
    expect(retryDelay(error({ retryable: false }), 1)).toBeUndefined();
  });

  it('[25] T054: gives up when a clock has run out, which bounds what the caller waits', () => {
    expect(retryDelay(error({ code: 'timeout' }), 1)).toBeUndefined();
  });
});
