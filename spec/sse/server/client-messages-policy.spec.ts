import { checkClientMessagesPolicy } from '../../../lib/sse/server/client-messages-policy.js';

describe('checkClientMessagesPolicy', () => {
  it('allows nothing but user text and inline images by default', () => {
    expect(checkClientMessagesPolicy({})).toEqual({
      system: false,
      assistant: false,
      tools: false,
      reasoning: 'refuse',
      files: 'data',
      mediaTypes: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
      lastRole: 'user',
      maxMessages: 1000,
      maxBytes: 4 * 1024 * 1024,
    });
  });

  it('takes calls for what the assistant has said', () => {
    expect(checkClientMessagesPolicy({ tools: true }).assistant).toBe(true);
    expect(checkClientMessagesPolicy({ tools: false }).assistant).toBe(false);
  });

  it.each<[object, RegExp]>([
    [{ system: 'yes' }, /^policy.system must be a boolean, got "yes"/],
    [{ tools: [{}] }, /^policy.tools/],
    [{ tools: [{ name: 'a', schema: 5 }] }, /^policy.tools/],
    [{ files: true }, /^policy.files/],
    [{ files: 'http' }, /^policy.files/],
    [{ reasoning: false }, /^policy.reasoning/],
    [{ mediaTypes: 'image/png' }, /^policy.mediaTypes/],
    [{ lastRole: 'assistant' }, /^policy.lastRole/],
    [{ maxMessages: 0 }, /^policy.maxMessages/],
    [{ maxBytes: NaN }, /^policy.maxBytes/],
    [{ maxbytes: 5 }, /^policy has no option "maxbytes"/],
  ])('refuses %j', (policy, message) => {
    expect(() => checkClientMessagesPolicy(policy)).toThrow(message);
    expect(() => checkClientMessagesPolicy(policy)).toThrow(TypeError);
  });

  it('refuses what is no object', () => {
    expect(() => checkClientMessagesPolicy(null as never)).toThrow(/must be an object/);
  });
});
