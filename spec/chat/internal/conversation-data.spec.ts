import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import { viewOf } from '../../../lib/chat/internal/conversation-view.js';

describe('NO_CONVERSATION', () => {
  it('shows nothing', () => {
    expect(viewOf(NO_CONVERSATION, undefined)).toEqual({
      status: 'idle',
      messages: [],
      parts: [],
      pending: [],
      queued: [],
      replaced: [],
      usage: undefined,
      error: undefined,
    });
  });
});
