import { describeValue } from '../core/internal/describe-value.js';
import type { AnyMessage } from '../messages/any-message.js';
import { coerceMessages, type MessagesInput } from '../messages/coerce-messages.js';
import type { Template, Values } from './internal/template.js';

/**
 * The place in a chat prompt where a variable's messages go, as they are: their text is no template.
 *
 * The variable may have any form in which messages are taken. An optional one may be left out, and then there are none.
 *
 * @example
 * const prompt = ChatPromptTemplate.fromMessages([new MessagesPlaceholder('history'), ['human', '{question}']]);
 * const { messages } = await prompt.invoke({ history: [['human', 'Hi'], ['ai', 'Hello!']], question: 'How are you?' });
 * messages.map(({ text }) => text) // => ['Hi', 'Hello!', 'How are you?']
 */
export class MessagesPlaceholder<
  const N extends string = string,
  const Optional extends boolean = false,
> implements Template<AnyMessage[]> {
  readonly variableName: N;
  readonly optional: Optional;

  constructor(fields: N | { readonly variableName: N; readonly optional?: Optional }) {
    const { variableName, optional = false } =
      typeof fields === 'object' ? fields : { variableName: fields };
    if (typeof (variableName as unknown) !== 'string' || variableName === '')
      throw new TypeError(
        `variableName must be the name of a variable, got ${describeValue(variableName)}`,
      );
    this.variableName = variableName;
    this.optional = optional as Optional;
  }

  get variables(): readonly N[] {
    return [this.variableName];
  }

  /** @internal */
  get required(): readonly N[] {
    return this.optional ? [] : this.variables;
  }

  /** @internal */
  format(values: Values): AnyMessage[] {
    const value = values(this.variableName);
    if (this.optional && !value) return [];
    try {
      return coerceMessages(value as MessagesInput);
    } catch (error) {
      throw new TypeError(`"${this.variableName}" must be messages: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
