import { AIMessage, HumanMessage, RxlmError, ToolMessage } from 'rxlm';
import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import {
  fromConversationJson,
  toConversationJson,
} from '../../../lib/chat/internal/conversation-json.js';
import { callOf } from '../../support/scripted-model.js';

const call = callOf('b') as ReturnType<typeof callOf> & { id: string };
const data = {
  ...NO_CONVERSATION,
  status: 'error' as const,
  messages: [
    new HumanMessage({ content: 'q', id: '1' }),
    new AIMessage({ content: 'x', tool_calls: [callOf('a'), call], finish_reason: 'tool_call' }),
    new ToolMessage({ content: '1', tool_call_id: 'a', artifact: { a: 1 } }),
  ],
  pending: [{ call, needs: 'approval' as const }],
  queued: [new HumanMessage('later')],
  replaced: [{ messages: [new AIMessage('old')], error: new Error('lost') }],
  error: new RxlmError('Too long.', { code: 'limit' }),
  approved: ['a'],
  kept: 3,
};

describe('a conversation as JSON', () => {
  it('is the same as it was', () => {
    const json = JSON.parse(JSON.stringify(toConversationJson(data))) as never;
    const again = fromConversationJson(json);
    const { error, replaced, ...rest } = again;
    const { error: _, replaced: old, ...was } = data;
    expect(rest).toEqual(was);
    expect(error).toMatchObject({ name: 'RxlmError', message: 'Too long.', code: 'limit' });
    expect(replaced).toEqual(old);
    expect(JSON.parse(JSON.stringify(toConversationJson(again)))).toEqual(json);
  });

  it.each([undefined, null, 7, {}, { version: 2 }])('is refused: %j', (json) => {
    expect(() => fromConversationJson(json as never)).toThrow('version 1');
  });
});
