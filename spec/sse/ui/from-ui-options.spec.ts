import { checkFromUIOptions } from '../../../lib/sse/ui/from-ui-options';

describe('checkFromUIOptions', () => {
  it('accepts little by default', () => {
    expect(checkFromUIOptions({})).toMatchObject({
      system: false,
      tools: false,
      files: 'data',
      lastRole: 'user',
      trusted: false,
      sign: undefined,
    });
    expect(checkFromUIOptions({}).fileIds('file_1')).toBe(false);
  });

  it('accepts all of the server’s own, but what is said otherwise', () => {
    expect(checkFromUIOptions({ trusted: true, maxMessages: 5 })).toMatchObject({
      system: true,
      tools: true,
      lastRole: 'any',
      maxMessages: 5,
      maxBytes: Infinity,
    });
  });

  it.each([
    [null, 'options must be an object, got null'],
    [{ sign: 'key' }, 'sign must be a function, got "key"'],
    [{ fileIds: [] }, 'fileIds must be a function, got an array of 0'],
    [{ trusted: 'yes' }, 'trusted must be a boolean, got "yes"'],
    [{ convertDataPart: 5 }, 'convertDataPart must be a function, got 5'],
    [{ files: 'all' }, `policy.files must be 'data', 'https' or false, got "all"`],
    [{ trust: true }, 'policy has no option "trust"'],
  ])('refuses %j', (options, message) => {
    expect(() => checkFromUIOptions(options as object)).toThrow(new TypeError(message));
  });
});
