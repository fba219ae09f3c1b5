import { coerceMessages } from '../../messages/coerce-messages.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { type BasePromptTemplate, PROMPT } from '../base-prompt-template.js';
import type { ChatPromptValue } from '../chat-prompt-value.js';
import type { StringPromptValue } from '../string-prompt-value.js';
import type { Template, Values } from './template.js';

/** @internal A prompt that may stand inside another one. */
export type AnyPrompt = BasePromptTemplate<never, ChatPromptValue | StringPromptValue>;

/** @internal What the outer prompt has to know of a prompt inside it. */
export interface NestedTemplate<R> extends Template<R> {
  readonly required: readonly string[];
  readonly given: object;
}

/** @internal Whether it is a prompt, of this copy of the package or another one. */
export function isPrompt(value: unknown): value is AnyPrompt {
  return typeof value === 'object' && value !== null && PROMPT in value;
}

/**
 * @internal The messages of a prompt as a part of another one.
 *
 * @example
 * messagesOfPrompt(ChatPromptTemplate.fromTemplate('{a}')).format(() => 'Hi') // => [new HumanMessage('Hi')]
 */
export function messagesOfPrompt(prompt: AnyPrompt): NestedTemplate<AnyMessage[]> {
  return nested(prompt, (value) => coerceMessages(value));
}

/** @internal The text of a prompt as the content of a message. Throws a `TypeError` for a prompt of messages. */
export function textOfPrompt(prompt: AnyPrompt): NestedTemplate<string> {
  if (prompt.name !== 'PromptTemplate')
    throw new TypeError(
      `the content of a message may be a PromptTemplate, got a ${prompt.name}. Put that among the messages instead`,
    );
  return nested(prompt, String);
}

function nested<R>(
  { parts, given }: AnyPrompt,
  toResult: (value: ChatPromptValue | StringPromptValue) => R,
): NestedTemplate<R> {
  // Symbols, so that two prompts may have different values for the same name. Those of prompts inside are kept.
  const keys = new Map(
    Reflect.ownKeys(given).map((name) => [name, typeof name === 'symbol' ? name : Symbol(name)]),
  );
  const isOpen = (name: string) => !keys.has(name);
  return {
    variables: parts.variables.filter(isOpen),
    required: parts.required.filter(isOpen),
    given: Object.fromEntries(
      [...keys].map(([name, key]) => [key, (given as Record<PropertyKey, unknown>)[name]]),
    ),
    format: (values: Values) =>
      toResult(
        parts.format((name) => {
          const value = values(name);
          const key = keys.get(name);
          return value === undefined && key !== undefined ? values(key) : value;
        }),
      ),
  };
}
