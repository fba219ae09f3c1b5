import { LineEventDecoder } from '../../lib/event-stream/line-decoder';

const lines = (pieces: readonly string[], max = 100) => {
  const seen: string[] = [];
  const decoder = new LineEventDecoder((_, data) => seen.push(data), max);
  for (const piece of pieces) decoder.feed(piece);
  return { seen, decoder };
};

describe('LineEventDecoder', () => {
  it('emits each line that is not blank', () => {
    const { seen, decoder } = lines(['{"a"', ':1}\r\n\n', '{"b":2}\n{"c', '":3}']);
    expect(seen).toEqual(['{"a":1}', '{"b":2}']);
    expect(decoder.end()).toEqual({ name: 'message', data: '{"c":3}' });
    expect(decoder.end()).toBeUndefined();
  });

  it('emits nothing after it was stopped, not even of the same text', () => {
    const seen: string[] = [];
    const decoder: LineEventDecoder = new LineEventDecoder((_, data) => {
      seen.push(data);
      decoder.stop();
    }, 100);
    decoder.feed('a\nb\n');
    decoder.feed('c\n');
    expect(seen).toEqual(['a']);
  });

  it.each([
    ['whole', ['x'.repeat(101), '\n']],
    ['in pieces', ['x'.repeat(60), 'x'.repeat(60)]],
  ])('refuses a line that is too long, %s', (_, pieces) => {
    expect(() => lines(pieces)).toThrow(RangeError);
  });
});
