import { AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from 'rxlm';
import { reviveMessages } from '../../../lib/messages/internal/revive-messages.js';

describe('reviveMessages', () => {
  const through = (value: unknown, check?: (json: object) => void): unknown =>
    reviveMessages(JSON.parse(JSON.stringify(value)), check);

  it.each([
    new AIMessage('a'),
    new AIMessageChunk({ id: 'm', content: 'a' }),
    new HumanMessage('a'),
    new SystemMessage('a'),
    new ToolMessage({ content: 'a', tool_call_id: 'c' }),
  ])('makes messages of what JSON has made of them: %#', (message) => {
    const { deep } = through({ deep: [{ message }] }) as { deep: { message: unknown }[] };
    expect(deep[0]?.message).toBeInstanceOf(message.constructor);
    expect(deep[0]?.message).toEqual(message);
  });

  it('asks the check about the fields of messages only', () => {
    const check = jest.fn();
    through([{ type: 'ai', content: 'no message' }, new AIMessage('a')], check);
    expect(check).toHaveBeenCalledTimes(1);
  });
});
