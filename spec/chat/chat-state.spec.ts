import { IDLE_CHAT_STATE } from '../../lib/chat/chat-state.js';

describe('IDLE_CHAT_STATE', () => {
  it('has nothing in it, and is nobody’s to change', () => {
    expect(IDLE_CHAT_STATE).toEqual({
      status: 'idle',
      text: '',
      message: undefined,
      messages: [],
      parts: [],
      toolCalls: [],
      usage: undefined,
      error: undefined,
    });
    expect(Object.isFrozen(IDLE_CHAT_STATE)).toBe(true);
    expect(Object.isFrozen(IDLE_CHAT_STATE.toolCalls)).toBe(true);
  });
});
