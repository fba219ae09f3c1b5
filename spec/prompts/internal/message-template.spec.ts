import { runInNewContext } from 'node:vm';
import { HumanMessage as LangChainMessage } from '@langchain/core/messages';
import {
  AIMessage,
  type AnyMessage,
  HumanMessage,
  MessagesPlaceholder,
  SystemMessage,
  ToolMessage,
} from 'rxlm';
import { type MessageTemplateInput } from '../../../lib/prompts/chat-prompt-input.js';
import { compileMessage } from '../../../lib/prompts/internal/message-template.js';

const values = (name: string | symbol) => `<${String(name)}>`;

describe('compileMessage', () => {
  it.each<[MessageTemplateInput, AnyMessage]>([
    ['{a}', new HumanMessage('<a>')],
    [['human', '{a}'], new HumanMessage('<a>')],
    [['user', '{a}'], new HumanMessage('<a>')],
    [['ai', '{a}'], new AIMessage('<a>')],
    [['assistant', '{a}'], new AIMessage('<a>')],
    [['system', '{a}'], new SystemMessage('<a>')],
    [{ role: 'user', content: '{a}' }, new HumanMessage('<a>')],
    [
      { role: 'tool', content: '{a}', tool_call_id: '{1}' },
      new ToolMessage({ content: '<a>', tool_call_id: '{1}' }),
    ],
    [
      ['human', [{ type: 'text', text: '{a}' }]],
      new HumanMessage({
        content: [{ type: 'text', text: '<a>' }],
      }),
    ],
  ])('takes %p', (entry, message) => {
    expect(compileMessage(entry).format(values)).toEqual([message]);
  });

  it('knows the variables', () => {
    expect(compileMessage(['human', '{b}{a}']).variables).toEqual(['b', 'a']);
    expect(compileMessage(['human', [{ type: 'text', text: '{a}' }]]).variables).toEqual(['a']);
  });

  it('leaves messages as they are, of other packages too', () => {
    const message = new HumanMessage('{a');
    expect(compileMessage(message).variables).toEqual([]);
    expect(compileMessage(message).format(values)[0]).toBe(message);
    expect(compileMessage(new LangChainMessage('{a') as never).format(values)).toMatchObject([
      { type: 'human', content: '{a' },
    ]);
  });

  it('takes an object of another realm', () => {
    const entry = runInNewContext("({ role: 'user', content: '{a}' })") as MessageTemplateInput;
    expect(compileMessage(entry).format(values)).toEqual([new HumanMessage('<a>')]);
  });

  it('takes a placeholder', () => {
    const placeholder = compileMessage(new MessagesPlaceholder('a'));
    expect(placeholder.variables).toEqual(['a']);
    expect(placeholder.required).toEqual(['a']);
    expect(placeholder.format(() => 'Hi')).toEqual([new HumanMessage('Hi')]);
  });

  it('takes a variable in braces as an optional placeholder', () => {
    const placeholder = compileMessage(['placeholder', '{a}']);
    expect(placeholder.variables).toEqual(['a']);
    expect(placeholder.required).toEqual([]);
    expect(placeholder.format(() => undefined)).toEqual([]);
    expect(placeholder.format(() => [['ai', '{x']])).toEqual([new AIMessage('{x')]);
  });

  it.each([
    ['a', '"a"'],
    ['{a} ', '"{a} "'],
    ['{{a}}', '"{{a}}"'],
    ['{}', '"{}"'],
    ['{"a": 1}', '"{\\"a\\": 1}"'],
    [[], 'an array of 0'],
  ])('does not take a placeholder %p', (template, value) => {
    expect(() => compileMessage(['placeholder', template])).toThrow(
      new TypeError(`a placeholder must be a variable in braces, like '{history}', got ${value}`),
    );
  });

  it.each<[unknown, RegExp]>([
    [['robot', '{a}'], /role must be .*got "robot"/],
    [{ content: '{a}' }, /role must be .*got undefined/],
    [['human', 42], /content must be .*got 42/],
    [['human', ['{a}']], /content must be .*got an array of 1/],
    [['human'], /content must be .*got undefined/],
    [['human', '{'], /\{ at position 0/],
    [42, /a message must be .*got 42/],
    [null, /a message must be .*got null/],
    [undefined, /a message must be .*got undefined/],
  ])('does not take %p', (entry, message) => {
    expect(() => compileMessage(entry as never)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }),
    );
  });
});
