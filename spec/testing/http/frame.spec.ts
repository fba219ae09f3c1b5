import fc from 'fast-check';
import { encodeBody, encodeFrame, frameText } from '../../../lib/testing/http/frame.js';
import { seededRandom } from '../../../lib/testing/http/seeded-random.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('encodeFrame', () => {
  it('[22] writes an event line, compact JSON with spaces before the last brace, a blank line', () => {
    const event = { type: 'x', a: { b: [1, 'ö'] } };
    expect(textOf(encodeFrame(event, () => 0))).toBe(
      'event: x\ndata: {"type":"x","a":{"b":[1,"ö"]}}\n\n',
    );
    expect(textOf(encodeFrame(event, () => 0.2))).toBe(
      'event: x\ndata: {"type":"x","a":{"b":[1,"ö"]}   }\n\n',
    );
  });

  it('[22] pads with 0 to 15 spaces, each of them sometimes', () => {
    const random = seededRandom();
    const paddings = Array.from(
      { length: 1000 },
      () => / *(?=\}\n\n$)/.exec(textOf(encodeFrame({ type: 'ping' }, random)))?.[0].length,
    );
    expect([...new Set(paddings)].sort((a, b) => a! - b!)).toEqual(
      Array.from({ length: 16 }, (_, spaces) => spaces),
    );
  });

  it('carries every JSON object to the other side, one line whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (fields, seed) => {
        const event = { ...fields, type: 'any' };
        const lines = textOf(encodeFrame(event, seededRandom(seed))).split('\n');
        expect(lines).toHaveLength(4);
        expect(JSON.parse(lines[1]!.slice('data: '.length))).toEqual(
          JSON.parse(JSON.stringify(event)),
        );
      }),
    );
  });
});

describe('encodeBody', () => {
  it('gives the same bytes each time, and the frames in order', () => {
    expect(encodeBody(GOOD)).toEqual(encodeBody(GOOD));
    const names = textOf(encodeBody(GOOD)).match(/(?<=^event: ).+/gm);
    expect(names).toEqual(GOOD.map(({ type }) => type));
  });

  it('is padded otherwise by another random', () => {
    expect(encodeBody(GOOD, seededRandom(2))).not.toEqual(encodeBody(GOOD));
  });
});

it('frameText takes data as it is', () => {
  expect(frameText('error', '{oops')).toBe('event: error\ndata: {oops\n\n');
});
