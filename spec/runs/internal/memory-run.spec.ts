import fc from 'fast-check';
import { MemoryRun } from '../../../lib/runs/internal/memory-run.js';

const claim = { token: 't', leaseMs: 10, maxMs: 1000, keepMs: 10 };

describe('MemoryRun', () => {
  it('gives any sequence of pages the whole log, each entry once', () => {
    const entries = fc.array(fc.string(), { maxLength: 40 });
    const query = fc.record({ limit: fc.integer({ min: 1, max: 9 }), maxChars: fc.nat(30) });
    fc.assert(
      fc.property(entries, query, (all, { limit, maxChars }) => {
        const run = new MemoryRun(1, claim, 0);
        run.append('t', { epoch: 1, after: 0, entries: all, leaseMs: 10, keepMs: 10 }, 0);
        const seen: string[] = [];
        while (seen.length < all.length) {
          const page = run.read({ after: seen.length, limit, maxChars }, 0);
          expect(page.entries.length).toBeGreaterThan(0);
          expect(page.entries.length).toBeLessThanOrEqual(limit);
          for (const { seq, data } of page.entries) {
            expect(seq).toBe(seen.length + 1);
            seen.push(data);
          }
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});
