import {
  AIMessage,
  ChatPromptTemplate,
  HumanMessage,
  MessagesPlaceholder,
  PromptTemplate,
  SystemMessage,
} from 'rxlm';
import {
  isPrompt,
  messagesOfPrompt,
  textOfPrompt,
} from '../../../lib/prompts/internal/nested-prompt.js';

const values = (name: string | symbol) => (typeof name === 'string' ? `<${name}>` : undefined);

describe('isPrompt', () => {
  it('knows prompts, also of another copy of the package', () => {
    expect(isPrompt(PromptTemplate.fromTemplate('{a}'))).toBe(true);
    expect(isPrompt(ChatPromptTemplate.fromTemplate('{a}'))).toBe(true);
    expect(isPrompt({ [Symbol.for('rxlm.prompt')]: true })).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    ['x'],
    [{}],
    [new HumanMessage('x')],
    [new MessagesPlaceholder('a')],
  ])('is not fooled by %p', (value) => {
    expect(isPrompt(value)).toBe(false);
  });
});

describe('messagesOfPrompt', () => {
  it('has the variables and the messages', () => {
    const { variables, required, format } = messagesOfPrompt(
      ChatPromptTemplate.fromMessages([
        ['system', '{a}'],
        ['placeholder', '{b}'],
        ['ai', '{c}'],
      ]),
    );
    expect(variables).toEqual(['a', 'b', 'c']);
    expect(required).toEqual(['a', 'c']);
    expect(format((name) => (name === 'b' ? [] : values(name)))).toEqual([
      new SystemMessage('<a>'),
      new AIMessage('<c>'),
    ]);
  });

  it('makes of a text a human message', () => {
    const prompt = PromptTemplate.fromTemplate('{a}');
    expect(messagesOfPrompt(prompt).format(values)).toEqual([new HumanMessage('<a>')]);
  });

  it('gives partial variables by symbols, and leaves them to a value of that name', () => {
    const prompt = PromptTemplate.fromTemplate('{a} {b}').partial({ a: 'x' });
    const { variables, required, given, format } = messagesOfPrompt(prompt);
    expect(variables).toEqual(['b']);
    expect(required).toEqual(['b']);
    const [key, ...others] = Reflect.ownKeys(given) as symbol[];
    expect(others).toEqual([]);
    const own = (name: string | symbol) => (name === key ? 'x' : name === 'b' ? 'y' : undefined);
    expect(format(own)[0]?.text).toBe('x y');
    expect(format(values)[0]?.text).toBe('<a> <b>');
  });
});

describe('textOfPrompt', () => {
  it('has the variables and the text', () => {
    const { variables, required, format } = textOfPrompt(PromptTemplate.fromTemplate('{{{a}}}'));
    expect(variables).toEqual(['a']);
    expect(required).toEqual(['a']);
    expect(format(values)).toBe('{<a>}');
  });

  it('takes no messages', () => {
    expect(() => textOfPrompt(ChatPromptTemplate.fromTemplate('{a}'))).toThrow(
      new TypeError(
        'the content of a message may be a PromptTemplate, got a ChatPromptTemplate. Put that among the messages instead',
      ),
    );
  });
});
