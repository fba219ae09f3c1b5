import { type AIMessage, type ToolMessage } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { coerceMessage } from '../../../lib/messages/coerce-messages';
import { toolResult } from '../../../lib/tools/internal/tool-result';
import { readEnvelopes } from '../../../lib/messages/history/read-envelope';

const coerce = (...messages: object[]) => coerceMessages(messages as never);

describe('readEnvelopes', () => {
  it('takes the stored form of LangChain’s histories', () => {
    expect(
      coerce(
        { type: 'human', data: { content: 'Hi', role: undefined, response_metadata: {} } },
        { type: 'generic', data: { content: 'Ho', role: 'assistant' } },
        { type: 'tool', data: { content: 'ok', tool_call_id: 'a', status: 'error' } },
        { type: 'AIMessageChunk', content: 'Hm' },
      ),
    ).toMatchObject([
      { type: 'human', content: 'Hi' },
      { type: 'ai', content: 'Ho' },
      { type: 'tool', tool_call_id: 'a', status: 'error' },
      { type: 'ai', content: 'Hm' },
    ]);
  });

  it('pairs OpenAI’s function calls with their results by name', () => {
    const [call, result] = coerce(
      { role: 'assistant', content: null, function_call: { name: 'add', arguments: '{"x":1}' } },
      { role: 'function', name: 'add', content: '1' },
    ) as [AIMessage, ToolMessage];
    expect(call.tool_calls).toMatchObject([{ name: 'add', args: { x: 1 } }]);
    expect(result.tool_call_id).toBe(call.tool_calls[0]?.id);
  });

  it('takes model messages of the AI SDK, a tool message as one for each result', () => {
    const results = [
      { type: 'tool-result', toolCallId: 'a', toolName: 'n', output: { type: 'text', value: '1' } },
      {
        type: 'tool-result',
        toolCallId: 'b',
        toolName: 'n',
        output: { type: 'error-text', value: '2' },
      },
    ];
    expect(
      coerce(
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'n', input: {} }],
        },
        { role: 'tool', content: results },
        {
          role: 'tool',
          content: [{ type: 'tool-approval-response', approvalId: 'x', approved: true }],
        },
      ),
    ).toMatchObject([
      { type: 'ai', tool_calls: [{ id: 'a', name: 'n', args: {} }] },
      { type: 'tool', tool_call_id: 'a', content: '1', status: 'success' },
      { type: 'tool', tool_call_id: 'b', content: '2', status: 'error' },
    ]);
    expect(() => coerceMessage({ role: 'tool', content: results })).toThrow(/several messages/);
    expect(readEnvelopes({ role: 'user', content: 'a' })).toEqual([
      { role: 'user', data: { role: 'user', content: 'a' } },
    ]);
  });

  it('leaves what MCP gives as blocks, and its errors errors', () => {
    const content = [{ type: 'text', text: 'no' }];
    const call = { type: 'tool_call', id: 'a', name: 'n', args: {} } as const;
    expect(toolResult(call, { content, isError: true })).toMatchObject({
      content,
      status: 'error',
    });
  });
});
