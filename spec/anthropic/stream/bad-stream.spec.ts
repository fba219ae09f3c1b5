import { badStream, objectOf, textOf } from '../../../lib/anthropic/stream/bad-stream';

describe('badStream', () => {
  it('[23] is no error that another attempt would mend', () => {
    expect(badStream('it ended twice')).toMatchObject({
      code: 'bad_stream',
      retryable: false,
      message: 'anthropic: the stream is broken: it ended twice',
    });
  });

  it('stands for what should be an object, or a string', () => {
    const object = {};
    expect(objectOf(object, 'none')).toBe(object);
    expect(textOf('')).toBe('');
    for (const value of [null, undefined, 5, 'a']) {
      expect(() => objectOf(value, 'a delta')).toThrow('broken: a delta came without itself');
    }
    for (const value of [null, undefined, 5, {}]) expect(() => textOf(value)).toThrow('broken');
  });
});
