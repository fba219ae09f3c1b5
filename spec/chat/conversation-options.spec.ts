import { NEVER } from 'rxjs';
import { FakeChatModel } from 'rxlm/testing';
import { checkConversationOptions } from '../../lib/chat/conversation-options.js';

describe('checkConversationOptions', () => {
  const source = () => NEVER;

  it.each([
    { source },
    { source: new FakeChatModel([]) },
    {
      source,
      policy: 'queue' as const,
      system: 'x',
      store: { load: () => null, save: () => null },
    },
  ])('takes %j', (options) => {
    expect(() => {
      checkConversationOptions(options);
    }).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['options', undefined],
    ['source', {}],
    ['system', { source, system: null }],
    ['policy', { source, policy: 'merge' }],
    ['store', { source, store: { load: 1, save: 2 } }],
    ['newId', { source, newId: 'x' }],
    ['onError', { source, onError: 'x' }],
    ['readArgs', { source, readArgs: 'x' }],
    ['either from or messages', { source, from: {}, messages: [] }],
  ])('names %s', (name, options) => {
    expect(() => {
      checkConversationOptions(options as never);
    }).toThrow(TypeError);
    expect(() => {
      checkConversationOptions(options as never);
    }).toThrow(name);
  });
});
