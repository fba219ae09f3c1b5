import fc from 'fast-check';
import { checkChunking, cut, type Chunking } from '../../../lib/testing/http/chunking.js';

const frames = ['one', 'two!', 'é'].map((text) => new TextEncoder().encode(text));
const sizes = (chunking: Chunking) => Array.from(cut(frames, chunking), (chunk) => chunk.length);

describe('cut', () => {
  it.each<[string, Chunking, number[]]>([
    ['an event', 'event', [3, 4, 2]],
    ['a byte', 'byte', [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['everything', 'all', [9]],
    ['four bytes', 4, [4, 4, 1]],
    ['as a function says', (bytes) => [bytes.subarray(0, 8), bytes.subarray(8)], [8, 1]],
  ])('cuts by %s', (_, chunking, expected) => {
    expect(sizes(chunking)).toEqual(expected);
  });

  it('loses and moves no byte, whatever the size', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.integer({ min: 1, max: 50 }), (parts, size) => {
        expect(Buffer.concat([...cut(parts, size)])).toEqual(Buffer.concat(parts));
      }),
    );
  });
});

describe('checkChunking', () => {
  it.each([0, -1, 1.5, NaN, Infinity])('refuses %d bytes, naming it', (size) => {
    expect(() => {
      checkChunking(size);
    }).toThrow(new TypeError(`chunking must be a positive whole number of bytes, not ${size}`));
  });

  it('refuses a word it does not know', () => {
    expect(() => {
      checkChunking('line' as Chunking);
    }).toThrow('line');
  });
});
