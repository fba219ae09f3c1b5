import { HumanMessage, StringPromptValue } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';

describe('StringPromptValue', () => {
  it('is its text', () => {
    const value = new StringPromptValue('Why?');
    expect(String(value)).toBe('Why?');
    expect(JSON.stringify(value)).toBe('{"value":"Why?"}');
  });

  it('is taken for a human message', () => {
    expect(coerceMessages(new StringPromptValue('Why?'))).toEqual([new HumanMessage('Why?')]);
  });
});
