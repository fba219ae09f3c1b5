import { refusalOfChat } from '../../../lib/testing/openai/chat-rules.js';

// What is refused over a connection stands in the spec of the server.
describe('refusalOfChat', () => {
  it('says what is wrong, and where', () => {
    const body = { model: 'm', messages: [{ role: 'robot', content: 'Hi' }] };
    expect(refusalOfChat(body)).toMatchObject({
      param: 'messages[0].role',
      code: 'invalid_value',
    });
    expect(refusalOfChat({})).toBeDefined();
  });

  it('says nothing of what the service takes', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
    expect(refusalOfChat(body)).toBeUndefined();
  });
});
