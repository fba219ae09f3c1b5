import { describeValue } from '../../core/internal/describe-value.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { isRunnable } from '../../core/runnable.js';
import { coerceMessage, type MessageInput } from '../../messages/coerce-messages.js';
import type { MessageContent } from '../../messages/content.js';
import type { MessageTemplateInput } from '../chat-prompt-input.js';
import { compileContent } from './content-template.js';
import { MessagesPlaceholder } from '../messages-placeholder.js';
import { isPrompt, messagesOfPrompt, textOfPrompt } from './nested-prompt.js';
import { isNoName, type Template } from './template.js';

/** @internal What one entry of a chat prompt needs, and the messages that it becomes. */
export interface MessageTemplate extends Template<AnyMessage[]> {
  /** Those of its variables that have no default. */
  readonly required: readonly string[];
  /** Partial variables of a prompt in it, by symbol. */
  readonly given?: object;
}

/**
 * @internal One entry of a chat prompt, read once.
 *
 * Throws a `TypeError` for what cannot be one: an unknown role, a lone brace, a placeholder without its braces.
 *
 * @example
 * compileMessage(['human', '{question}']).variables // => ['question']
 */
export function compileMessage(entry: MessageTemplateInput): MessageTemplate {
  if (typeof entry === 'string') return compileFields({ role: 'human', content: entry });
  if (Array.isArray(entry)) {
    const [role, content] = entry as readonly [string, unknown];
    return role === 'placeholder' ? compilePlaceholder(content) : compileFields({ role, content });
  }
  if (isPrompt(entry)) return messagesOfPrompt(entry);
  if (isRunnable(entry))
    throw new TypeError(
      `of runnables only a ChatPromptTemplate or a PromptTemplate may stand in a prompt, got ${entry.name}`,
    );
  if (isPlaceholder(entry)) return new MessagesPlaceholder(entry);
  return isPlainObject(entry) ? compileFields(entry) : compileWhole(entry as AnyMessage);
}

function compileFields(fields: Fields): MessageTemplate {
  const { content: source } = fields;
  // Now rather than when it is used: a role that is none, content that is none.
  coerceMessage((isPrompt(source) ? { ...fields, content: '' } : fields) as MessageInput);
  const content = isPrompt(source)
    ? textOfPrompt(source)
    : withAllRequired(compileContent(source as MessageContent));
  return {
    ...content,
    format: (values) => {
      const message = { ...fields, content: content.format(values) };
      return [coerceMessage(message as MessageInput)];
    },
  };
}

function withAllRequired<R>(
  template: Template<R>,
): Template<R> & Pick<MessageTemplate, 'required'> {
  return { ...template, required: template.variables };
}

interface Fields {
  readonly role?: string;
  readonly content?: unknown;
}

function compileWhole(entry: AnyMessage): MessageTemplate {
  const message = coerceMessage(entry);
  return withAllRequired({ variables: [], format: () => [message] });
}

function compilePlaceholder(template: unknown): MessageTemplate {
  const variableName =
    typeof template === 'string' ? /^\{([^{}]+)\}$/.exec(template)?.[1] : undefined;
  if (variableName === undefined || isNoName(variableName))
    throw new TypeError(
      `a placeholder must be a variable in braces, like '{history}', got ${describeValue(template)}`,
    );
  return new MessagesPlaceholder({ variableName, optional: true });
}

function isPlaceholder(entry: unknown): entry is { readonly variableName: string } {
  return typeof entry === 'object' && entry !== null && 'variableName' in entry;
}

/**
 * Whether it is data: a message has a class of its own, this package's or another's, and its text is no template.
 * Objects of another realm have another `Object.prototype`.
 */
function isPlainObject(entry: unknown): entry is Fields {
  if (typeof entry !== 'object' || entry === null) return false;
  const prototype = Object.getPrototypeOf(entry) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
