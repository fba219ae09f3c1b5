import { RunMessages } from '../../../lib/chat/internal/run-messages.js';
import { AIMessage } from '../../../lib/messages/ai-message.js';
import { approvalFields } from '../../../lib/messages/internal/approval-of.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';

const result = (tool_call_id: string, approval?: Parameters<typeof approvalFields>[0]) =>
  new ToolMessage({
    content: '',
    tool_call_id,
    ...(approval === undefined ? {} : approvalFields(approval)),
  });

describe('RunMessages', () => {
  it('has the turns that are over, their results and the turn under way', () => {
    const messages = new RunMessages();
    const [first, second] = [new AIMessage('a'), new AIMessage('b')];
    messages.endTurn(first);
    const given = result('x');
    messages.answer(given);
    expect(messages.list(undefined)).toEqual([first, given]);
    expect(messages.list(second)).toEqual([first, given, second]);
  });

  it('gives the same array as long as nothing has changed', () => {
    const messages = new RunMessages();
    const message = new AIMessage('a');
    expect(messages.list(undefined)).toBe(messages.list(undefined));
    const list = messages.list(message);
    expect(messages.list(message)).toBe(list);
    messages.answer(result('x'));
    expect(messages.list(message)).not.toBe(list);
    expect(list).toEqual([message]);
  });

  it('takes no call that is answered elsewhere for answered, and no old denial for news', () => {
    const messages = new RunMessages();
    messages.answer(result('x', 'requested'));
    messages.answer(result('y', 'elsewhere'));
    messages.answer(result('z', 'denied_before'));
    const denied = result('d', 'denied');
    messages.answer(denied);
    expect(messages.list(undefined)).toEqual([denied]);
    expect([...messages.pending]).toEqual([
      ['x', 'requested'],
      ['y', 'elsewhere'],
    ]);
  });
});
