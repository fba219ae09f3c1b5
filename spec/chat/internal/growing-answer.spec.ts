import { AIMessage, HumanMessage, ToolMessage } from 'rxlm';
import {
  beginAnswer,
  retried,
  settleAnswer,
  sumOf,
} from '../../../lib/chat/internal/growing-answer.js';
import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import { callOf } from '../../support/scripted-model.js';

const asked = { ...NO_CONVERSATION, messages: [new HumanMessage('q')] };
const usage = (output_tokens: number) => ({
  input_tokens: 1,
  output_tokens,
  total_tokens: 1 + output_tokens,
});

describe('an answer', () => {
  it('is stopped where it has not ended itself, with what there is', () => {
    const data = beginAnswer(asked, undefined);
    data.answer?.chat.add(new AIMessage({ content: 'a', usage_metadata: usage(2) }));
    const settled = settleAnswer({ ...data, usage: usage(1) });
    expect(settled).toMatchObject({ status: 'stopped', kept: 1, answer: undefined });
    expect(settled.messages.map(({ text }) => text)).toEqual(['q', 'a']);
    expect(settled.usage?.output_tokens).toBe(3);
    expect(settleAnswer(settled)).toBe(settled);
  });

  it('leaves no message that says nothing', () => {
    const data = beginAnswer(asked, undefined);
    data.answer?.chat.add(new AIMessage({ content: '', usage_metadata: usage(0) }));
    data.answer?.chat.end('done');
    expect(settleAnswer(data).messages).toEqual(asked.messages);
  });

  it('is tried again from what its tools have done', () => {
    const data = beginAnswer(asked, undefined);
    const { chat } = data.answer!;
    chat.add(new AIMessage({ content: '', tool_calls: [callOf('x')] }));
    chat.add(new ToolMessage({ content: 'done', tool_call_id: 'x' }));
    chat.add(new AIMessage('half'));
    const error = new Error('lost');
    chat.end('error', error);
    const again = retried(settleAnswer(data));
    expect(again.messages.map(({ text }) => text)).toEqual(['q', '', 'done']);
    expect(again.replaced).toMatchObject([{ messages: [{ content: 'half' }], error }]);
  });
});

describe('sumOf', () => {
  it('sums what is known', () => {
    expect(sumOf(undefined, undefined)).toBeUndefined();
    expect(sumOf(usage(1), undefined)).toEqual(usage(1));
    expect(sumOf(undefined, usage(1))).toEqual(usage(1));
    expect(sumOf(usage(1), usage(2))).toEqual({
      input_tokens: 2,
      output_tokens: 3,
      total_tokens: 5,
    });
  });
});
