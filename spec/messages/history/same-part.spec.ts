import type { CallPart, ResultPart } from '../../../lib/messages/history/part';
import { sameCall, sameResult } from '../../../lib/messages/history/same-part';

const call = (input: object, name = 'n') =>
  ({ type: 'call', id: 'a', name, input, own: {}, at: '' }) as CallPart;
const result = (text: string, isError = false) =>
  ({
    type: 'result',
    callId: 'a',
    content: [{ type: 'text', text, own: {}, at: '' }],
    plain: true,
    isError,
    own: {},
    at: '',
  }) as ResultPart;

describe('what is reported twice', () => {
  it('is a call of one name and input, in whatever order its fields are', () => {
    expect(sameCall(call({ a: 1, b: { c: 1, d: 2 } }), call({ b: { d: 2, c: 1 }, a: 1 }))).toBe(
      true,
    );
    expect(sameCall(call({ a: 1 }), call({ a: 2 }))).toBe(false);
    expect(sameCall(call({}), call({}, 'm'))).toBe(false);
  });

  it('is a result that says the same', () => {
    expect(sameResult(result('a'), result('a'))).toBe(true);
    expect(sameResult(result('a'), result('b'))).toBe(false);
    expect(sameResult(result('a'), result('a', true))).toBe(false);
  });
});
