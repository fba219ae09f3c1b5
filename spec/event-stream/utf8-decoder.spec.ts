import fc from 'fast-check';
import { utf8Decoder } from '../../lib/event-stream/utf8-decoder';

const decoded = (pieces: readonly Uint8Array[]) => {
  const decode = utf8Decoder();
  return [...pieces.map((piece) => decode(piece)), decode()];
};
/** What the platform says, which remembers by itself. */
const expected = (pieces: readonly Uint8Array[]) => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
};
/** Bytes that are mostly the beginning of something. */
const byte = fc.oneof(
  fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff),
  fc.nat(255),
);
const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }).map((text) => new TextEncoder().encode(text)),
    fc.array(byte, { maxLength: 6 }).map((bytes) => Uint8Array.from(bytes)),
  ),
  { maxLength: 8 },
);

describe('utf8Decoder', () => {
  it('[22] decodes any bytes, cut anywhere, as a TextDecoder that remembers does', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        expect(decoded(all).join('')).toBe(expected(all));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives each character as soon as it is whole', () => {
    const bytes = new TextEncoder().encode('é🐟!');
    expect(decoded([...bytes].map((each) => Uint8Array.of(each)))).toEqual([
      ...['', 'é', '', '', '', '🐟', '!', ''],
    ]);
  });

  it('ends with what is left of a character that was cut off', () => {
    expect(decoded([Uint8Array.of(0x41, 0xf0, 0x9f)])).toEqual(['A', '\ufffd']);
  });

  it('keeps a byte order mark, which is for its reader to judge', () => {
    expect(decoded([Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)])).toEqual(['\ufeffA', '']);
  });

  it('keeps nothing of a buffer that its owner uses again', () => {
    const decode = utf8Decoder();
    const buffer = Uint8Array.of(0xc3);
    decode(buffer);
    buffer[0] = 0x41;
    expect(decode(Uint8Array.of(0xa9))).toBe('é');
  });
});
