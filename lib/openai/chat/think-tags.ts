import type { MessageWriter } from '../../http/decoder/message-writer.js';

/** Where the texts go that are taken apart. */
export interface ThinkTagsHandlers {
  readonly text: (text: string) => void;
  readonly thought: (text: string) => void;
}

const OPENING = '<think>';
const CLOSING = '</think>';

/**
 * @internal Takes thoughts between `<think>` and `</think>` out of a text that arrives in pieces. Only what may be the
 * beginning of a tag waits for the next piece. White space behind a closing tag is left out.
 */
export class ThinkTags {
  readonly #handlers: ThinkTagsHandlers;
  #held = '';
  #isThinking: boolean;
  #isAfterTag = false;

  /** `startsInside`: for models whose prompt has opened the tag already. */
  constructor(handlers: ThinkTagsHandlers, startsInside = false) {
    this.#handlers = handlers;
    this.#isThinking = startsInside;
  }

  add(piece: string): void {
    let text = this.#held + piece;
    this.#held = '';
    for (;;) {
      const tag = this.#isThinking ? CLOSING : OPENING;
      const at = text.indexOf(tag);
      if (at < 0) {
        const kept = text.length - beginningOf(tag, text);
        this.#emit(text.slice(0, kept));
        this.#held = text.slice(kept);
        return;
      }
      this.#emit(text.slice(0, at));
      text = text.slice(at + tag.length);
      this.#isThinking = !this.#isThinking;
      this.#isAfterTag = !this.#isThinking;
    }
  }

  /** There is no more text: what waited is none of a tag. */
  end(): void {
    const held = this.#held;
    this.#held = '';
    this.#emit(held);
  }

  #emit(text: string): void {
    const said = this.#isAfterTag ? text.trimStart() : text;
    if (said === '') return;
    this.#isAfterTag = false;
    if (this.#isThinking) this.#handlers.thought(said);
    else this.#handlers.text(said);
  }
}

/** How many of the last characters of a text may be the beginning of a tag. */
function beginningOf(tag: string, text: string): number {
  const start = text.lastIndexOf('<', text.length);
  return start >= 0 && tag.startsWith(text.slice(start)) ? text.length - start : 0;
}

/** Whether thoughts are taken out of the text, and whether it begins with one whose tag stands in the prompt. */
export type ExtractReasoning = boolean | { readonly startsInside?: boolean | undefined };

/** @internal What writes a message's text and thoughts apart; undefined where that is not asked for. */
export function thinkTags(
  message: MessageWriter,
  option: ExtractReasoning = false,
): ThinkTags | undefined {
  if (option === false) return undefined;
  return new ThinkTags(
    {
      text: (text) => {
        message.text(text);
      },
      thought: (thinking) => {
        message.piece('thinking', { thinking });
      },
    },
    option !== true && option.startsInside === true,
  );
}
