import fc from 'fast-check';
import {
  bytesToBase64,
  decodeBase64,
  encodeBase64,
  repairBase64,
} from '../../../lib/messages/history/bytes';

describe('bytesToBase64', () => {
  it('encodes bytes as Node does, however they are held', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const expected = Buffer.from(bytes).toString('base64');
        const held: unknown[] = [
          bytes,
          bytes.slice().buffer,
          Buffer.from(bytes),
          new DataView(bytes.slice().buffer),
          JSON.parse(JSON.stringify(bytes)),
          JSON.parse(JSON.stringify(Buffer.from(bytes))),
        ];
        for (const each of held) expect(bytesToBase64(each)).toBe(expected);
      }),
    );
  });

  it('takes nothing else for bytes', () => {
    for (const value of ['QUJD', 1, null, undefined, {}, [65], { 0: 'a' }, { 0: 256 }, { 1: 1 }])
      expect(bytesToBase64(value)).toBeUndefined();
  });

  it('encodes more than a call takes arguments', () => {
    const bytes = new Uint8Array(1_000_000).fill(7);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

describe('decodeBase64', () => {
  it('reads both alphabets, with padding and line breaks or without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        const url = Buffer.from(bytes).toString('base64url');
        for (const text of [base64, url, base64.replace(/(.{7})/g, '$1\r\n')])
          expect(decodeBase64(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('gives nothing for other text', () => {
    for (const text of ['Plain text!', 'a', 'ä===', 'QUJD=A'])
      expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('repairBase64', () => {
  it('gives the one spelling that APIs take, whatever the spelling is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(60), (bytes, cut) => {
        const base64 = Buffer.from(bytes).toString('base64');
        const broken = `\n${base64.slice(0, cut)} \r\n${base64.slice(cut)}\t`;
        const url = Buffer.from(bytes).toString('base64url');
        for (const text of [base64, broken, url, base64.replace(/=/g, '')])
          expect(repairBase64(text)).toBe(base64);
      }),
    );
  });

  it.each([
    ['text', 'Plain text!'],
    ['one character too many', 'QUJDR'],
    ['padding alone', '='],
    ['padding in the middle', 'QQ==QQ=='],
    ['too much padding', 'QUI==='],
    ['both alphabets', 'ab+/cd-_'],
    ['a path', './cat.png'],
    ['letters of another alphabet', 'ä'.repeat(4)],
    ['an address', 'https://a.test/b'],
    ['what a failed conversion leaves', '[object Object]'],
  ])('gives nothing for %s', (_, text) => {
    expect(repairBase64(text)).toBeUndefined();
  });

  it('reads much at once, and refuses it where the last character is wrong', () => {
    const much = 'QUJD'.repeat(5_000_000);
    expect(repairBase64(much)).toBe(much);
    expect(repairBase64(`${much}QU.D`)).toBeUndefined();
    expect(repairBase64('='.repeat(20_000_000))).toBeUndefined();
    expect(repairBase64(`${much.slice(2)}\n`)?.length).toBe(much.length);
  });
});
