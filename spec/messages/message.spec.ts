import { HumanMessage } from '../../lib/messages/human-message.js';
import { type MessageFields, NONE } from '../../lib/messages/message.js';

describe('a message', () => {
  it('has what it was made with', () => {
    const fields: MessageFields = {
      content: 'Hi',
      id: 'm1',
      name: 'Ada',
      additional_kwargs: { a: 1 },
      response_metadata: { warnings: [{ code: 'usage_odd', message: 'No count.' }] },
    };
    expect(JSON.parse(JSON.stringify(new HumanMessage(fields)))).toEqual({
      type: 'human',
      ...fields,
    });
  });

  it('has no field for what is not known', () => {
    const message = new HumanMessage({ content: 'Hi', id: undefined, name: undefined });
    expect(Object.keys(message).sort()).toEqual([
      'additional_kwargs',
      'content',
      'response_metadata',
      'type',
    ]);
    expect(message.additional_kwargs).toBe(NONE);
    expect(message.response_metadata).toBe(NONE);
  });

  it.each([[{}], [{ content: null }], [{ content: 5 }], [[{ type: 'text', text: 'Hi' }]]])(
    'cannot be made of %j',
    (fields) => {
      expect(() => new HumanMessage(fields as unknown as MessageFields)).toThrow(
        new TypeError(
          `a message's content must be a string or an array of blocks, got ${String((fields as { content?: unknown }).content)}`,
        ),
      );
    },
  );
});
