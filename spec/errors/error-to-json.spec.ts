import { ModelError, RxlmError } from 'rxlm';
import { errorToJson } from '../../lib/errors/error-to-json.js';

describe('[3] errorToJson', () => {
  it('is the name and message of an error, and never its stack', () => {
    expect(errorToJson(new RangeError('too far'))).toEqual({
      name: 'RangeError',
      message: 'too far',
    });
    expect(errorToJson(new DOMException('left', 'AbortError'))).toEqual({
      name: 'AbortError',
      message: 'left',
    });
  });

  it('has the public fields of an error of rxlm, without its cause and its message so far', () => {
    const error = new ModelError('busy', {
      code: 'overloaded',
      provider: 'p',
      status: 529,
      retryable: true,
      cause: new Error('sk-secret'),
    }).after({ content: 'so far' });
    expect(errorToJson(error)).toEqual({
      name: 'ModelError',
      message: 'busy',
      code: 'overloaded',
      provider: 'p',
      status: 529,
      retryable: true,
      emitted: true,
    });
    expect(errorToJson(new RxlmError('late', { code: 'timeout', phase: 'total' }))).toEqual({
      name: 'RxlmError',
      message: 'late',
      code: 'timeout',
      phase: 'total',
    });
  });

  it('[21] takes nothing that a foreign error says of itself: its toJSON may show the request', () => {
    const foreign = Object.assign(new Error('401'), {
      config: { headers: { authorization: 'sk-secret' } },
      toJSON: () => ({ headers: { authorization: 'sk-secret' } }),
    });
    expect(errorToJson(foreign)).toEqual({ name: 'Error', message: '401' });
  });

  it('never throws: who fails with something that cannot be read has failed all the same', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(errorToJson(proxy)).toEqual({
      name: 'Error',
      message: 'what was thrown cannot be read',
    });
  });

  it.each([
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [7, '7'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [{}, 'what was thrown has no message'],
    [Object.create(null), 'what was thrown has no message'],
    [{ name: 7, message: { text: 'x' } }, 'what was thrown has no message'],
  ])('takes %p, which is no error', (thrown, message) => {
    expect(errorToJson(thrown)).toEqual({ name: 'Error', message });
  });
});
