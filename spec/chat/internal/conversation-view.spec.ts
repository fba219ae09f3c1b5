import { HumanMessage } from 'rxlm';
import { beginAnswer } from '../../../lib/chat/internal/growing-answer.js';
import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import { viewOf } from '../../../lib/chat/internal/conversation-view.js';

describe('viewOf', () => {
  it('is the same object as long as nothing that is shown has changed', () => {
    const before = viewOf(NO_CONVERSATION, undefined);
    expect(viewOf({ ...NO_CONVERSATION, kept: 7 }, before)).toBe(before);
    const data = beginAnswer({ ...NO_CONVERSATION, messages: [new HumanMessage('q')] }, undefined);
    const asked = viewOf(data, before);
    expect(asked).toMatchObject({ status: 'submitted', parts: [] });
    expect(viewOf(data, asked)).toBe(asked);
    data.answer?.chat.add('a');
    const grown = viewOf(data, asked);
    expect(grown.status).toBe('streaming');
    expect(grown.messages).toBe(asked.messages);
  });
});
