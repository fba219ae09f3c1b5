import { newRunId } from 'rxlm';

/** RFC 9562, 5.7: 48 bits of milliseconds, version 7, variant 10. */
const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.each(['the platform’s randomUUID', 'random bytes'])('[9] newRunId by %s', (by) => {
  const { crypto } = globalThis;

  beforeEach(() => {
    if (by === 'random bytes') {
      const value = {
        getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
      };
      Object.defineProperty(globalThis, 'crypto', { value, configurable: true });
    }
  });

  afterEach(() => {
    jest.useRealTimers();
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  });

  it('is a UUID of version 7 and the RFC’s variant', () => {
    for (let i = 0; i < 200; i++) expect(newRunId()).toMatch(V7);
  });

  it('begins with the milliseconds since 1970', () => {
    jest.useFakeTimers({ now: 1_700_000_000_123 });
    expect(parseInt(newRunId().replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_123);
  });

  it('sorts by time', () => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    const ids = Array.from({ length: 50 }, () => {
      jest.advanceTimersByTime(7);
      return newRunId();
    });
    expect([...ids].sort()).toEqual(ids);
  });

  it('never repeats, also within a millisecond', () => {
    jest.useFakeTimers({ now: 1 });
    const ids = Array.from({ length: 5000 }, newRunId);
    expect(new Set(ids).size).toBe(ids.length);
    const variants = new Set(ids.map((id) => id[19]));
    expect([...variants].sort()).toEqual(['8', '9', 'a', 'b']);
  });
});
