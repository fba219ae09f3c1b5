import { expectTypeOf } from 'expect-type';
import { AIMessage, ChatPromptValue, HumanMessage, MessagesPlaceholder } from 'rxlm';

const history = new MessagesPlaceholder('history');

describe('MessagesPlaceholder', () => {
  it('knows its variable and whether that is optional, also as types', () => {
    expect(history.variables).toEqual(['history']);
    expect(history.optional).toBe(false);
    expectTypeOf(history).toEqualTypeOf<MessagesPlaceholder<'history'>>();
    const optional = new MessagesPlaceholder({ variableName: 'old', optional: true });
    expect(optional.optional).toBe(true);
    expectTypeOf(optional).toEqualTypeOf<MessagesPlaceholder<'old', true>>();
    expectTypeOf(new MessagesPlaceholder({ variableName: 'old' })).toEqualTypeOf<
      MessagesPlaceholder<'old'>
    >();
  });

  it.each([
    ['Hi'],
    [new HumanMessage('Hi')],
    [['human', 'Hi']],
    [[{ role: 'user', content: 'Hi' }]],
    [new ChatPromptValue([new HumanMessage('Hi')])],
  ])('takes messages as %p', (value) => {
    expect(history.format(() => value)).toEqual([new HumanMessage('Hi')]);
  });

  it('leaves messages as they are', () => {
    const messages = [new HumanMessage('{not a variable'), new AIMessage('{{}}')];
    const [first, second] = history.format(() => messages);
    expect(first).toBe(messages[0]);
    expect(second).toBe(messages[1]);
  });

  it('may be given no messages, and left out if it is optional', () => {
    expect(history.format(() => [])).toEqual([]);
    const optional = new MessagesPlaceholder({ variableName: 'old', optional: true });
    for (const value of [undefined, null, '', []]) expect(optional.format(() => value)).toEqual([]);
  });

  it('names the variable whose value cannot be messages', () => {
    expect(() => history.format(() => 42)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: expect.stringMatching(/^"history" must be messages: a message must be .*got 42$/),
        cause: expect.any(TypeError),
      }),
    );
  });

  it.each([
    ['', '""'],
    [undefined, 'undefined'],
    [{}, 'undefined'],
    [{ variableName: 7 }, '7'],
  ])('needs the name of a variable, not %p', (fields, value) => {
    expect(() => new MessagesPlaceholder(fields as never)).toThrow(
      new TypeError(`variableName must be the name of a variable, got ${value}`),
    );
  });
});
