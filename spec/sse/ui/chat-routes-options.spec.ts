import { expectTypeOf } from 'expect-type';
import { of } from 'rxjs';
import type { ChatRoutesOptions } from 'rxlm/sse';

describe('ChatRoutesOptions', () => {
  it('take what a UI message stream takes, but for the id of its message', () => {
    const options: ChatRoutesOptions<Request> = {
      source: () => of('gold'),
      errorText: () => 'No.',
    };
    expect(options.errorText?.(new Error('x'))).toBe('No.');
    expectTypeOf<ChatRoutesOptions<Request>>().not.toHaveProperty('messageId');
  });
});
