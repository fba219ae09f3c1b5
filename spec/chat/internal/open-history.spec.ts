import { AIMessage, HumanMessage, ToolMessage } from 'rxlm';
import {
  closeHistory,
  markApproved,
  pendingCalls,
} from '../../../lib/chat/internal/open-history.js';
import { isApprovedCall } from '../../../lib/messages/approved-call.js';
import { callOf, invalidCallOf } from '../../support/scripted-model.js';

const turn = new AIMessage({
  content: '',
  tool_calls: [callOf('a'), callOf('b'), callOf('c')],
  invalid_tool_calls: [invalidCallOf('d')],
});
const result = new ToolMessage({ content: '1', tool_call_id: 'a' });
const history = [new HumanMessage('q'), turn, result];

describe('the calls at the end of a history', () => {
  it('wait where they are valid and have no result', () => {
    const pending = pendingCalls(history, new Map([['b', 'requested']]));
    expect(pending.map(({ call: { id }, needs }) => [id, needs])).toEqual([
      ['b', 'approval'],
      ['c', 'result'],
    ]);
    expect(pendingCalls([...history, new HumanMessage('r')], new Map())).toEqual([]);
    expect(pendingCalls([], new Map())).toEqual([]);
  });

  it.each(['length', 'content_filter', 'error'] as const)('wait for nobody after %s', (reason) => {
    expect(pendingCalls([new AIMessage({ ...turn, finish_reason: reason })], new Map())).toEqual(
      [],
    );
  });

  it('are closed, except for those that are left open', () => {
    const closed = closeHistory(history, ['b'], 'so');
    expect(closed.slice(3)).toMatchObject([
      { tool_call_id: 'c', status: 'error', content: 'The call was not run: so.' },
      { tool_call_id: 'd', status: 'error' },
    ]);
    expect(closeHistory(closed, ['b'], 'so')).toBe(closed);
    expect(closeHistory([], [], 'so')).toEqual([]);
  });

  it('are of the latest turn: ids of an earlier one count anew', () => {
    const again = [...closeHistory(history, [], 'so'), turn];
    expect(closeHistory(again, [], 'so').length).toBe(again.length + 4);
  });

  it('are marked where they were approved, in a history of its own', () => {
    const marked = markApproved(history, ['b']);
    const [, message] = marked as readonly [HumanMessage, AIMessage];
    expect(message.tool_calls.map(isApprovedCall)).toEqual([false, true, false]);
    expect(turn.tool_calls.some(isApprovedCall)).toBe(false);
    expect(markApproved(history, [])).toBe(history);
  });
});
