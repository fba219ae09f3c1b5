import type { AnyMessage } from '../messages/any-message.js';

const SPEAKERS: Readonly<Record<AnyMessage['type'], string>> = {
  system: 'System',
  human: 'Human',
  ai: 'AI',
  tool: 'Tool',
};

/**
 * What a chat prompt gives: messages, which any chat model takes.
 *
 * @example
 * String(new ChatPromptValue([new SystemMessage('Be terse.'), new HumanMessage('Hi')])) // => 'System: Be terse.\nHuman: Hi'
 */
export class ChatPromptValue {
  readonly messages: readonly AnyMessage[];

  constructor(messages: readonly AnyMessage[]) {
    this.messages = messages;
  }

  toChatMessages(): readonly AnyMessage[] {
    return this.messages;
  }

  /** The plain text of the messages, each behind its speaker. */
  toString(): string {
    return this.messages.map(({ type, text }) => `${SPEAKERS[type]}: ${text}`).join('\n');
  }
}
