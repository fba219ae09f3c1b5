import { AIMessage, HumanMessage } from 'rxlm';
import { toRequestMessages } from '../../lib/anthropic/to-request-messages';

describe('toRequestMessages', () => {
  it('does not send a call twice that stands in the content already', () => {
    const call = { type: 'tool_call', id: 't', name: 'add', args: { x: 1 } } as const;
    const block = { type: 'tool_use', id: 't', name: 'add', input: { x: 1 } };
    const message = new AIMessage({
      content: [{ type: 'text', text: 'So.' }, block],
      tool_calls: [call],
    });
    expect(toRequestMessages([message])).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'So.' }, block] },
    ]);
  });

  it('puts calls of a message of another origin behind its text', () => {
    const call = { type: 'tool_call', id: 't', name: 'add', args: {} } as const;
    expect(toRequestMessages([new AIMessage({ content: 'So.', tool_calls: [call] })])).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'So.' },
          { type: 'tool_use', id: 't', name: 'add', input: {} },
        ],
      },
    ]);
  });

  it('leaves neighbours of the same role apart', () => {
    expect(toRequestMessages([new HumanMessage('a'), new HumanMessage('b')])).toHaveLength(2);
  });
});
