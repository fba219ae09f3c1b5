import { parseEvent } from '../../../lib/http/decoder/event-json';

const context = {
  fail: (code: string, message: string) => Object.assign(new Error(message), { code }),
} as never;

describe('parseEvent', () => {
  it('parses JSON', () => {
    expect(parseEvent('{"a":[1]}', context)).toEqual({ a: [1] });
  });

  it('refuses what is no JSON, without showing it', () => {
    expect(() => parseEvent('{"secret', context)).toThrow(
      expect.objectContaining({
        code: 'bad_stream',
        message: expect.not.stringContaining('secret'),
      }),
    );
  });

  it('refuses what nests too deep to be serialised', () => {
    const deep = '['.repeat(1500) + ']'.repeat(1500);
    expect(() => parseEvent(deep, context)).toThrow(expect.objectContaining({ code: 'limit' }));
    expect(parseEvent(`"${'['.repeat(3000)}"`, context)).toBe('['.repeat(3000));
  });
});
