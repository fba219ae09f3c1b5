import { describeValue } from '../core/internal/describe-value.js';
import { isContent, type MessageContent, textOf } from '../messages/content.js';
import type { FinishReason } from '../messages/finish-reason.js';

/** What a parser reads the text of: text, or a message or chunk of one, whichever package made it. */
export type ParserInput =
  | string
  | {
      readonly content: MessageContent;
      readonly id?: string | undefined;
      readonly finish_reason?: FinishReason | undefined;
    };

/**
 * @internal The plain text of what a parser is given, `''` where there is none.
 * Throws a `TypeError` that names the parser for what is neither text nor a message.
 *
 * @example
 * textOfInput({ content: [{ type: 'thinking', thinking: 'Hm.' }, { type: 'text', text: 'Yes.' }] }, 'parser') // => 'Yes.'
 */
export function textOfInput(input: unknown, parser: string): string {
  if (typeof input === 'string') return input;
  if (isMessageLike(input)) return textOf(input.content);
  throw new TypeError(`${parser} takes text or messages, got ${describeValue(input)}`);
}

function isMessageLike(input: unknown): input is { readonly content: MessageContent } {
  return (
    typeof input === 'object' && input !== null && 'content' in input && isContent(input.content)
  );
}
