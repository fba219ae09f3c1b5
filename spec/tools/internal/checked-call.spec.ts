import type { ToolCall } from 'rxlm';
import { checkedCall, checkOf } from '../../../lib/tools/internal/checked-call';

const call: ToolCall = { type: 'tool_call', id: 'a', name: 'rm', args: { path: '/tmp' } };

describe('checkedCall', () => {
  it('has the validated arguments, frozen, and leaves the call alone', () => {
    const checked = checkedCall(call, { value: { path: '/tmp', force: false } });
    expect(checked).toEqual({ ...call, args: { path: '/tmp', force: false } });
    expect([Object.isFrozen(checked), Object.isFrozen(checked.args)]).toEqual([true, true]);
    expect(checkOf(checked)).toEqual({ value: { path: '/tmp', force: false } });
    expect([Object.isFrozen(call.args), checkOf(call)]).toEqual([false, undefined]);
  });

  it('keeps arguments that the schema makes something else of', () => {
    const checked = checkedCall(call, { value: 'text' });
    expect([checked.args, checkOf(checked)]).toEqual([call.args, { value: 'text' }]);
  });

  it('says why there are none, and no JSON says so', () => {
    const error = new Error('invalid');
    const checked = checkedCall(call, { error });
    expect([checked.args, checkOf(checked)]).toEqual([call.args, { error }]);
    expect(checkOf(JSON.parse(JSON.stringify(checked)) as ToolCall)).toBeUndefined();
  });
});
