import type { AnyMessage } from '../messages/any-message.js';
import type { MessagesInput } from '../messages/coerce-messages.js';
import type { MessageContent } from '../messages/content.js';
import type { Flat, TemplateValue, VariablesIn } from './template-variables.js';

/**
 * What a chat prompt is made of: a template of a human message, a role with a template, the same as an object, a
 * message as it is, or the place of a variable's messages. Of content blocks every text is a template.
 */
export type MessageTemplateInput =
  | string
  | readonly [role: string, template: MessageContent]
  | { readonly role: string; readonly content: MessageContent; readonly [field: string]: unknown }
  | AnyMessage
  | Placeholder;

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
    >
>;

type TextNames<E> = E extends string
  ? VariablesIn<E>
  : E extends AnyMessage | Placeholder | readonly ['placeholder', string]
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
