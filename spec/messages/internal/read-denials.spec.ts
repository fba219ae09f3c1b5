import { of } from 'rxjs';
import { runTools, tool, type ToolMessage } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { toRequestMessages } from '../../../lib/anthropic/request/to-request-messages';
import { readDenials } from '../../../lib/messages/internal/read-denials';
import { FakeChatModel } from 'rxlm/testing';

const request = { type: 'tool-approval-request', approvalId: 'p1', toolCallId: 'c1' };
const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'pay', input: { sum: 9 } };
const asked = { role: 'assistant', content: [call, request] };
const response = { type: 'tool-approval-response', approvalId: 'p1', approved: false };
const answered = (...content: object[]) => ({ role: 'tool', content });
const results = (...messages: object[]) =>
  coerceMessages(messages as never).filter(({ type }) => type === 'tool') as ToolMessage[];

describe('readDenials', () => {
  it('makes a denial the result of the call, in the words of the agent loop', async () => {
    const pay = tool({
      name: 'pay',
      schema: { type: 'object' },
      func: () => 'paid',
    });
    const model = new FakeChatModel([{ id: 'c1', name: 'pay', args: { sum: 9 } }, 'Then not.']);
    const agent = runTools(model, [pay], {
      approve: () => of({ approved: false, reason: 'Too much.' }),
    });
    const { messages } = await agent.invoke('Pay.');
    const ours = messages.find(({ type }) => type === 'tool');
    const [theirs] = results(asked, answered({ ...response, reason: 'Too much.' }));
    expect(theirs).toMatchObject({ content: ours?.content, name: 'pay', tool_call_id: 'c1' });
    expect(theirs).toMatchObject({ status: 'error', additional_kwargs: ours?.additional_kwargs });
    expect(theirs?.content).toBe('The call was denied. Too much.');
  });

  it('says a denial without a reason, also beside other results', () => {
    const other = { type: 'tool-result', toolCallId: 'c2', output: { type: 'text', value: 'ok' } };
    expect(results(asked, answered(other, response))).toMatchObject([
      { tool_call_id: 'c2', content: 'ok' },
      { tool_call_id: 'c1', content: 'The call was denied.', status: 'error' },
    ]);
  });

  it('keeps the result of a call that has one', () => {
    const output = { type: 'execution-denied', reason: 'No.' };
    const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'pay', output };
    for (const history of [
      [asked, answered(response, result)],
      [asked, answered(response), answered(result)],
    ])
      expect(results(...history)).toMatchObject([{ content: 'The call was denied. No.' }]);
  });

  it('leaves out a denial whose request was trimmed away, and an approval', () => {
    expect(results(answered(response))).toEqual([]);
    expect(results(asked, answered({ ...response, approved: true }))).toEqual([]);
  });

  it('gives messages without denials as they are', () => {
    const messages = [asked, answered({ ...response, approved: true }), 'Hi', null];
    expect(readDenials(messages)).toBe(messages);
  });

  it('reaches the model', () => {
    const { messages } = toRequestMessages(
      coerceMessages([
        { role: 'user', content: 'Pay.' },
        asked,
        answered({ ...response, reason: 'Too much.' }),
      ] as never),
    );
    expect(messages.at(-1)).toEqual({
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'c1',
          content: 'The call was denied. Too much.',
          is_error: true,
        },
      ],
    });
  });
});
