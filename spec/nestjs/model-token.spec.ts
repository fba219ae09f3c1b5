import { getModelToken } from '../../lib/nestjs/model-token.js';

describe('getModelToken', () => {
  it('is another for each name, and says whose it is', () => {
    expect(getModelToken('fast')).toBe('RxlmModel(fast)');
    expect(getModelToken('smart')).not.toBe(getModelToken('fast'));
  });

  it.each([undefined, '', 5])('takes no %p for a name', (name) => {
    expect(() => getModelToken(name as string)).toThrow(TypeError);
    expect(() => getModelToken(name as string)).toThrow('the name of a model must be');
  });
});
