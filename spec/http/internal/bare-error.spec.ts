import { BareError } from '../../../lib/http/internal/bare-error.js';

const found = (...pieces: string[]): unknown => {
  const bare = new BareError();
  for (const piece of pieces) bare.add(piece);
  return bare.found;
};

describe('BareError', () => {
  it('finds an error on a line of its own, however it is cut', () => {
    const body = 'data: {"a":1}\n\n{"error":{"message":"busy"}}\n';
    expect(found(body)).toEqual({ error: { message: 'busy' } });
    expect(found(...body)).toEqual({ error: { message: 'busy' } });
    expect(found('{"error":"busy"}')).toEqual({ error: 'busy' });
  });

  it.each([
    ['data: {"error":{"message":"of an event"}}\n\n'],
    ['{"error":null}\n'],
    ['{"error":"cut'],
    ['{"answer":1}\n'],
    [''],
  ])('finds none in %j', (body) => {
    expect(found(body)).toBeUndefined();
  });

  it('keeps the end of a long body only, and takes no part of a line for one', () => {
    const long = `data: ${'x'.repeat(16_000)}{"error":"quoted"}\n\n`;
    expect(found(...Array.from({ length: 20 }, () => long))).toBeUndefined();
    expect(found(long, long, '{"error":"busy"}')).toEqual({ error: 'busy' });
  });
});
