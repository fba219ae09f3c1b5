import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { AIMessage } from '../../lib/messages/ai-message.js';
import { isMessage } from '../../lib/messages/any-message.js';
import { HumanMessage } from '../../lib/messages/human-message.js';
import { SystemMessage } from '../../lib/messages/system-message.js';
import { ToolMessage } from '../../lib/messages/tool-message.js';

describe('isMessage', () => {
  it.each([
    new HumanMessage('Hi'),
    new AIMessage('Hi'),
    new AIMessageChunk('Hi'),
    new SystemMessage('Hi'),
    new ToolMessage({ content: 'Hi', tool_call_id: 'a' }),
  ])('knows message %#', (message) => {
    expect(isMessage(message)).toBe(true);
  });

  it.each([['Hi'], [{ type: 'human', content: 'Hi' }], [null], [undefined]])(
    'reports %j from one',
    (value) => {
      expect(isMessage(value)).toBe(false);
    },
  );
});
