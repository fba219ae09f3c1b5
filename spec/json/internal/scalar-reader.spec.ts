import { ScalarReader } from '../../../lib/json/internal/scalar-reader.js';

/** Reads a text up to what does not belong to it: whether that is complete, and its value. */
function read(text: string, size: number): { read: string; complete: boolean; value: unknown } {
  const reader = new ScalarReader();
  expect(reader.begin(text.charAt(0))).toBe(true);
  for (let from = 1; from < text.length; from += size) {
    const chunk = text.slice(from, from + size);
    const at = reader.read(chunk, 0);
    if (at < chunk.length) {
      return { read: text.slice(0, from + at), complete: reader.complete, value: reader.value };
    }
  }
  return { read: text, complete: reader.complete, value: reader.value };
}

describe('ScalarReader', () => {
  it.each([
    'true',
    'false',
    'null',
    '0',
    '-0',
    '7',
    '120',
    '-12.50',
    '0.1',
    '1e5',
    '1E+05',
    '2e-3',
    '0e0',
  ])('reads %s as JSON.parse does, whatever follows', (text) => {
    for (const size of [1, 2, 100]) {
      for (const rest of ['', ',', ' 1', ']']) {
        const { complete, value, ...result } = read(text + rest, size);
        expect(result.read).toBe(text);
        expect(complete).toBe(true);
        expect(value).toBe(JSON.parse(text));
      }
    }
  });

  it.each(['t', 'tru', 'fals', 'n', '-', '1.', '-0.', '1e', '1E+', '1.5e-'])(
    '%s is incomplete',
    (text) => {
      for (const size of [1, 100]) {
        expect(read(text, size)).toMatchObject({ read: text, complete: false });
        expect(read(`${text},`, size)).toMatchObject({ read: text, complete: false });
      }
    },
  );

  it.each([
    ['trux', 'tru'],
    ['truee', 'true'],
    ['nxll', 'n'],
    ['01', '0'],
    ['-01', '-0'],
    ['1..', '1.'],
    ['1.5.', '1.5'],
    ['1.e', '1.'],
    ['1ee', '1e'],
    ['1e5.', '1e5'],
    ['1e5e', '1e5'],
    ['1e+-', '1e+'],
    ['1-', '1'],
    ['--', '-'],
    ['-e', '-'],
    ['0x', '0'],
  ])('of %s, only %s belongs to it', (text, belongs) => {
    for (const size of [1, 100]) expect(read(text, size).read).toBe(belongs);
  });

  it.each(['+', '.', 'e', 'N', 'T', '/', ':', '"', '٣'])('does not begin with %j', (char) => {
    expect(new ScalarReader().begin(char)).toBe(false);
  });

  it('begins anew, whatever was before', () => {
    const reader = new ScalarReader();
    reader.begin('1');
    reader.read('.5', 0);
    reader.begin('t');
    reader.read('rue', 0);
    expect(reader.value).toBe(true);
    reader.begin('4');
    expect([reader.complete, reader.value]).toEqual([true, 4]);
  });
});
