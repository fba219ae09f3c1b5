import { finishOf } from '../../../lib/testing/contract/chat-model-wire';

describe('finishOf', () => {
  it('is what an answer says, or else what it has', () => {
    const calls = [{ id: '1', name: 'a', args: [] }];
    expect(finishOf({})).toBe('stop');
    expect(finishOf({ calls })).toBe('tool_call');
    expect(finishOf({ calls, finish: 'length' })).toBe('length');
  });
});
