import fc from 'fast-check';
import { CompactedLog, readSnapshot } from '../../../lib/runs/internal/compacted-log.js';

describe('CompactedLog', () => {
  it('merges neighbours: the texts are those of the log, each with the number of its last entry', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 256, maxLength: 600 }),
        (values) => {
          const log = new CompactedLog();
          for (const [at, value] of values.entries()) log.add(at + 1, value, 1_000);
          const snapshot = log.snapshot()!;
          expect(snapshot.seq).toBe(values.length);
          let from = 0;
          for (const [seq, value] of readSnapshot(snapshot)) {
            const own = values.slice(from, seq);
            expect(value).toEqual(own.length === 1 ? own[0] : own.join(''));
            from = seq;
          }
          expect(from).toBe(values.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('makes a snapshot when there is something to save, and all of them together cost little', () => {
    const log = new CompactedLog();
    let size = 0;
    let count = 0;
    for (let seq = 1; seq <= 100_000; seq += 1) {
      log.add(seq, 'four', 120);
      const snapshot = log.snapshot();
      if (snapshot === undefined) continue;
      size += snapshot.data.length;
      count += 1;
    }
    expect(count).toBeGreaterThan(5);
    expect(size).toBeLessThan(100_000 * 120);
  });

  it('makes none of values that do not merge, and none before 256 entries or 64 Ki characters', () => {
    const numbers = new CompactedLog();
    for (let seq = 1; seq <= 256; seq += 1) numbers.add(seq, seq, 3);
    expect(numbers.snapshot()).toBeUndefined();
    const texts = new CompactedLog();
    for (let seq = 1; seq <= 255; seq += 1) texts.add(seq, 'a', 3);
    expect(texts.snapshot()).toBeUndefined();
    texts.add(256, 'a', 65_536);
    expect(texts.snapshot()).toMatchObject({ seq: 256 });
  });
});
