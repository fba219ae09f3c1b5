import { AIMessage, ChatPromptValue, HumanMessage, SystemMessage, ToolMessage } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';

const messages = [
  new SystemMessage('Be terse.'),
  new HumanMessage({ content: [{ type: 'text', text: 'Why?' }] }),
  new AIMessage('Because.'),
  new ToolMessage({ content: '21 °C', tool_call_id: '1' }),
];

describe('ChatPromptValue', () => {
  it('is taken for its messages', () => {
    const value = new ChatPromptValue(messages);
    expect(value.messages).toBe(messages);
    expect(value.toChatMessages()).toBe(messages);
    expect(coerceMessages(value)).toEqual(messages);
  });

  it('is taken for its messages as JSON, too', () => {
    const json = JSON.parse(JSON.stringify(new ChatPromptValue(messages))) as ChatPromptValue;
    expect(Object.keys(json)).toEqual(['messages']);
    expect(coerceMessages(json)).toEqual(messages);
  });

  it('is the text of its messages, each behind its speaker', () => {
    expect(String(new ChatPromptValue(messages))).toBe(
      'System: Be terse.\nHuman: Why?\nAI: Because.\nTool: 21 °C',
    );
    expect(String(new ChatPromptValue([]))).toBe('');
  });
});
