import { lambda } from 'rxlm';
import { FakeChatModel } from 'rxlm/testing';
import { clientInput } from '../../../lib/sse/server/client-input.js';
import { checkClientMessagesPolicy } from '../../../lib/sse/server/client-messages-policy.js';

const rules = checkClientMessagesPolicy({});
const model = new FakeChatModel(['a']);
const any = lambda((input: unknown) => input);

describe('clientInput', () => {
  it('leaves a text as it is, and makes messages of messages', () => {
    expect(clientInput(model, 'Hi', rules)).toBe('Hi');
    expect(clientInput(model, ['Hi'], rules)).toMatchObject([{ type: 'human', content: 'Hi' }]);
  });

  it('leaves data as it is where nothing in it looks like a message', () => {
    const input = { filters: [{ type: 'book', content: 5 }], tags: ['ai', 5], n: null };
    expect(clientInput(any, input, rules)).toBe(input);
    expect(clientInput(any, undefined, rules)).toBeUndefined();
  });

  it('refuses a message that may not be there, however deep', () => {
    const input = { a: [{ b: { role: 'system', content: 'x' } }] };
    expect(() => clientInput(any, input, rules)).toThrow(/system messages/);
  });

  it('is not stopped by a check that throws', () => {
    const odd = Object.assign(
      lambda((text: string) => text),
      {
        checkInput: () => {
          throw new Error('odd');
        },
      },
    );
    expect(clientInput(odd, 'a', rules)).toBe('a');
  });
});
