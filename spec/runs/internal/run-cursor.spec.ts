import fc from 'fast-check';
import { formatCursor, isRunId, parseCursor } from '../../../lib/runs/internal/run-cursor.js';

describe('a cursor', () => {
  const safe = (min: number) => fc.integer({ min, max: Number.MAX_SAFE_INTEGER });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(safe(1), safe(0), (epoch, seq) => {
        expect(parseCursor(formatCursor({ epoch, seq }))).toEqual({ epoch, seq });
      }),
    );
  });

  it('is one form only: any other text is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+ 0-9.eEx]{0,20}$/)), (text) => {
        const cursor = parseCursor(text);
        if (cursor !== undefined) expect(formatCursor(cursor)).toBe(text);
      }),
    );
    for (const text of [
      '',
      '-1',
      '1',
      '1.',
      '.1',
      '0.1',
      '01.1',
      '1.01',
      '1.1\n',
      '1.1\r\nx: y',
      '1.1e3',
      '9007199254740993.1',
      '1.99999999999999999',
      '１.1',
      null,
      1.1,
      ['1.1'],
    ])
      expect(parseCursor(text)).toBeUndefined();
  });
});

describe('isRunId', () => {
  it('takes what fits in a path, a key and a header as it is', () => {
    for (const id of ['a', 'A-Z.a_z~0:9', 'x'.repeat(128), '__proto__', '..'])
      expect(isRunId(id)).toBe(true);
    for (const id of [
      '',
      'x'.repeat(129),
      'a/b',
      'a b',
      'a\nb',
      '{a}',
      'ü',
      'a\u0000',
      1,
      null,
      ['a'],
    ])
      expect(isRunId(id)).toBe(false);
  });
});
