import fc from 'fast-check';
import { JsonDepth } from '../../../lib/json/internal/json-depth';

const depthOf = (...pieces: string[]) => {
  const depth = new JsonDepth();
  pieces.forEach((piece) => {
    depth.add(piece);
  });
  return depth.max;
};

const nesting = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(nesting))
    : 0;

describe('JsonDepth', () => {
  it('counts how deep a document nests, however it is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const cut = at % (text.length + 1);
        expect(depthOf(text.slice(0, cut), text.slice(cut))).toBe(nesting(value));
      }),
    );
  });

  it('does not take brackets in strings for nesting', () => {
    expect(depthOf('{"a":"[[[\\"[[', '[["}')).toBe(1);
  });
});
