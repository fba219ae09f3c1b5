import type { AnyMessage } from '../messages/any-message.js';
import type { MessagesInput } from '../messages/coerce-messages.js';
import type { MessageContent } from '../messages/content.js';
import type { BasePromptTemplate } from './base-prompt-template.js';
import type { AnyPrompt } from './internal/nested-prompt.js';
import type { StringPromptValue } from './string-prompt-value.js';
import type { Flat, TemplateValue, VariablesIn } from './template-variables.js';

/**
 * What a chat prompt is made of: a template of a human message, a role with a template, the same as an object, a
 * message as it is, the place of a variable's messages, or another prompt, whose messages are inserted. Of content blocks
 * every string is a template.
 */
export type MessageTemplateInput =
  | string
  | readonly [role: string, template: MessageContent | TextPrompt]
  | { readonly role: string; readonly content: MessageContent; readonly [field: string]: unknown }
  | AnyMessage
  | Placeholder
  | AnyPrompt;

type TextPrompt = BasePromptTemplate<never, StringPromptValue>;

/** A `MessagesPlaceholder`; whether it is optional is left to its own type, which would follow what is said here. */
interface Placeholder {
  readonly variableName: string;
}

/** The variables that a chat prompt takes, from the literal types of what it is made of. */
export type ChatPromptInput<M extends readonly unknown[]> = Flat<
  Record<Exclude<TextNames<M[number]>, MessagesNames<M[number]>>, TemplateValue> &
    Record<RequiredNames<M[number]>, MessagesInput> &
    Partial<
      Record<Exclude<OptionalNames<M[number]>, RequiredNames<M[number]>>, MessagesInput | undefined>
    > &
    NestedInput<M[number]>
>;

/** The variables of prompts inside, all together. */
type NestedInput<E> = (E extends readonly [string, infer P] ? Takes<P> : Takes<E>) extends (
  input: infer I,
) => void
  ? I
  : never;

type Takes<P> =
  P extends BasePromptTemplate<infer I, unknown>
    ? [I] extends [never]
      ? never
      : (input: I) => void
    : never;

type TextNames<E> = E extends string
  ? VariablesIn<E>
  : E extends
        | AnyMessage
        | Placeholder
        | AnyPrompt
        | readonly ['placeholder', string]
        | readonly [string, TextPrompt]
    ? never
    : E extends readonly [string, infer Content]
      ? VariablesIn<Content>
      : E extends { readonly content: infer Content }
        ? VariablesIn<Content>
        : never;

type MessagesNames<E> = RequiredNames<E> | OptionalNames<E>;

type RequiredNames<E> = E extends { readonly variableName: infer N extends string }
  ? E extends { readonly optional: true }
    ? never
    : N
  : never;

type OptionalNames<E> = E extends { readonly variableName: infer N extends string }
  ? E extends { readonly optional: true }
    ? N
    : never
  : E extends readonly ['placeholder', `{${infer N}}`]
    ? N
    : never;
