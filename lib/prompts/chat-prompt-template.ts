import { describeValue } from '../core/internal/describe-value.js';
import { BasePromptTemplate, type PartialVariables } from './base-prompt-template.js';
import type { ChatPromptInput, MessageTemplateInput } from './chat-prompt-input.js';
import { ChatPromptValue } from './chat-prompt-value.js';
import { compileMessage } from './internal/message-template.js';
import type { Flat } from './template-variables.js';

/**
 * Messages with variables as a runnable, which gives the messages with their values in them.
 *
 * It is made of pairs of role and template, the same as objects (`{ role, content }`), strings, which are templates of
 * human messages, messages, which stay as they are, and `MessagesPlaceholder`s (`['placeholder', '{history}']` is an
 * optional one). In a template `{name}` is a variable, `{{` and `}}` are braces. Where content is blocks, every string in
 * them is a template, as in LangChain, a tool call's input and base64 data too: data with braces goes into a message
 * (`new AIMessage({ content: blocks })`), which stays as it is. The types know the variables of what is written in the code.
 *
 * A prompt may stand in another one: its messages are inserted there and its variables are asked for. It keeps its partial
 * variables to itself; a value that the outer prompt gets under the same name counts before them. A `PromptTemplate` is a
 * human message, or the text of a pair: `['system', rules]`.
 *
 * @example
 * const prompt = ChatPromptTemplate.fromMessages([['system', 'You are {mood}.'], ['human', '{question}']]);
 * String(await prompt.invoke({ mood: 'terse', question: 'Why?' })) // => 'System: You are terse.\nHuman: Why?'
 *
 * @example
 * const terse = ChatPromptTemplate.fromTemplate('Be {mood}: {question}').partial({ mood: () => 'terse' });
 * String(await terse.invoke({ question: 'Why?' })) // => 'Human: Be terse: Why?'
 *
 * @example
 * const persona = ChatPromptTemplate.fromMessages([['system', 'You are {mood}.']]).partial({ mood: 'terse' });
 * const prompt = ChatPromptTemplate.fromMessages([persona, ['human', '{question}']]);
 * String(await prompt.invoke({ question: 'Why?' })) // => 'System: You are terse.\nHuman: Why?'
 */
export class ChatPromptTemplate<I extends object> extends BasePromptTemplate<I, ChatPromptValue> {
  static override readonly lcName = 'ChatPromptTemplate';

  /** Throws a `TypeError` for what cannot be a message, and for a brace that belongs to no variable. */
  static fromMessages<const M extends readonly MessageTemplateInput[]>(
    messages: M,
  ): ChatPromptTemplate<ChatPromptInput<M>> {
    if (!Array.isArray(messages))
      throw new TypeError(`messages must be an array, got ${describeValue(messages)}`);
    const entries = messages.map(compileMessage);
    return new ChatPromptTemplate(
      {
        variables: entries.flatMap(({ variables }) => variables),
        required: entries.flatMap(({ required }) => required),
        format: (values) => new ChatPromptValue(entries.flatMap((entry) => entry.format(values))),
      },
      Object.assign({}, ...entries.map(({ given }) => given)) as object,
    );
  }

  /** One human message. */
  static fromTemplate<const T extends string>(
    template: T,
  ): ChatPromptTemplate<ChatPromptInput<readonly [T]>> {
    return ChatPromptTemplate.fromMessages<readonly [T]>([template]);
  }

  /**
   * The same prompt with some of its variables given beforehand: values, promises, or functions of either, which are called
   * once for each run. A promise is awaited; one that rejects is the error of the run.
   * Throws a `TypeError` for a variable that the prompt does not have.
   */
  partial<const K extends keyof I>(
    values: Pick<PartialVariables<I>, K>,
  ): ChatPromptTemplate<Flat<Omit<I, K>>> {
    return new ChatPromptTemplate(this.parts, { ...this.given, ...values });
  }
}
