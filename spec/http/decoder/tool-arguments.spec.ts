import fc from 'fast-check';
import { ToolArguments } from '../../../lib/http/decoder/tool-arguments';

const limits = {
  toolJson: 20,
  toolJsonDepth: 3,
  fail: (code: string, message: string) => Object.assign(new Error(message), { code }) as never,
};

describe('ToolArguments', () => {
  it('collects pieces as they are', () => {
    const args = new ToolArguments(limits);
    expect([args.add(''), args.isEmpty]).toEqual(['', true]);
    expect([args.add('{"a"'), args.add(':1}'), args.whole]).toEqual(['{"a"', ':1}', '{"a":1}']);
  });

  it('writes text as the input of an object, whatever it is and however it is cut', () => {
    const roomy = { ...limits, toolJson: 10_000 };
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (pieces) => {
        const args = new ToolArguments(roomy, true);
        const said = pieces.map((piece) => args.add(piece)).join('');
        expect(JSON.parse(args.whole)).toEqual({ input: pieces.join('') });
        expect(args.whole.startsWith(said)).toBe(true);
      }),
    );
  });

  it('fails at once where they are longer or nest deeper than the limits', () => {
    expect(() => new ToolArguments(limits).add('x'.repeat(21))).toThrow(
      /20 characters. Raise limits.toolJson$/,
    );
    expect(() => new ToolArguments(limits).add('[[[[')).toThrow(
      /deeper than 3. Raise limits.toolJsonDepth$/,
    );
  });
});
