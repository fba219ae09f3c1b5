import { expectTypeOf } from 'expect-type';
import { ChatPromptTemplate, HumanMessage, MessagesPlaceholder, type MessagesInput } from 'rxlm';
import {
  type ChatPromptInput,
  type MessageTemplateInput,
} from '../../lib/prompts/chat-prompt-input.js';
import { type TemplateValue } from '../../lib/prompts/template-variables.js';

describe('ChatPromptInput', () => {
  it('has the variables of texts, pairs, objects and blocks', () => {
    const prompt = ChatPromptTemplate.fromMessages([
      '{a}',
      ['system', 'You are {b}, {{no}} {a}.'],
      { role: 'user', content: '{c}' },
      ['human', [{ type: 'image_url', image_url: { url: '{d}' } }]],
    ]);
    expectTypeOf<Parameters<typeof prompt.invoke>[0]>().toEqualTypeOf<{
      a: TemplateValue;
      b: TemplateValue;
      c: TemplateValue;
      d: TemplateValue;
    }>();
    expect(prompt.inputVariables).toEqual(['a', 'b', 'c', 'd']);
  });

  it('has messages for placeholders, also where a text shows them', () => {
    const prompt = ChatPromptTemplate.fromMessages([
      ['system', 'So far: {history}'],
      new MessagesPlaceholder('history'),
      new MessagesPlaceholder({ variableName: 'old', optional: true }),
      ['placeholder', '{older}'],
    ]);
    expectTypeOf<Parameters<typeof prompt.invoke>[0]>().toEqualTypeOf<{
      history: MessagesInput;
      old?: MessagesInput | undefined;
      older?: MessagesInput | undefined;
    }>();
    expect(prompt.inputVariables).toEqual(['history', 'old', 'older']);
  });

  it('has nothing of messages', () => {
    const prompt = ChatPromptTemplate.fromMessages([new HumanMessage('{a}')]);
    expectTypeOf<keyof Parameters<typeof prompt.invoke>[0]>().toBeNever();
    expect(prompt.inputVariables).toEqual([]);
  });

  it('has what there is where the texts are not known', () => {
    const messages: MessageTemplateInput[] = [['human', '{a}']];
    const prompt = ChatPromptTemplate.fromMessages(messages);
    expectTypeOf<Parameters<typeof prompt.invoke>[0]>().toExtend<Record<string, unknown>>();
    expectTypeOf<{ a: string }>().toExtend<Parameters<typeof prompt.invoke>[0]>();
    expectTypeOf<
      ChatPromptInput<readonly [readonly ['human', string], MessagesPlaceholder<'history'>]>
    >().toEqualTypeOf<{ [name: string]: TemplateValue; history: MessagesInput }>();
    expect(prompt.inputVariables).toEqual(['a']);
  });
});
