import { checked, checkedAt, ownCode } from '../../../lib/sse/server/server-fault';

const fail = (error: unknown) => () => {
  throw error;
};
const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};
const refuse = (message: string, cause: unknown) => new RangeError(message, { cause });

describe('checked', () => {
  it('gives what the check gives', () => {
    expect(checked(() => checkedAt('a', () => ownCode(() => 1)), refuse)).toBe(1);
  });

  it('refuses with the place of each check that is passed', () => {
    const cause = new TypeError('no');
    const error = thrownBy(() =>
      checked(() => checkedAt('messages[0]', () => checkedAt('content[1]', fail(cause))), refuse),
    );
    expect(error).toEqual(new RangeError('messages[0]: content[1]: no'));
  });

  it('throws what the server’s own code has thrown as it is', () => {
    for (const own of [new TypeError('ours'), 'a text', undefined])
      expect(thrownBy(() => checked(() => checkedAt('a', () => ownCode(fail(own))), refuse))).toBe(
        own,
      );
  });
});
