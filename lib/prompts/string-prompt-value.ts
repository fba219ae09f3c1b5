import type { AnyMessage } from '../messages/any-message.js';
import { HumanMessage } from '../messages/human-message.js';

/**
 * What a text prompt gives: a text, which a chat model takes as a human message.
 *
 * @example
 * String(new StringPromptValue('Hi')) // => 'Hi'
 */
export class StringPromptValue {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  toChatMessages(): readonly AnyMessage[] {
    return [new HumanMessage(this.value)];
  }

  toString(): string {
    return this.value;
  }
}
