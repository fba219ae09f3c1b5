import { refusalOfResponse } from '../../../lib/testing/openai/responses-rules.js';

// What is refused over a connection stands in the spec of the server.
describe('refusalOfResponse', () => {
  it('says what is wrong, and where', () => {
    const body = { model: 'm', input: [{ role: 'robot', content: 'Hi' }] };
    expect(refusalOfResponse(body)).toMatchObject({
      param: 'input[0].role',
      code: 'invalid_value',
    });
    expect(refusalOfResponse({})).toBeDefined();
  });

  it('says nothing of what the service takes', () => {
    const body = { model: 'm', input: [{ role: 'user', content: 'Hi' }] };
    expect(refusalOfResponse(body)).toBeUndefined();
  });
});
