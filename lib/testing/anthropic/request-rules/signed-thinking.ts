import { eventOf, type Recording } from '../recording.js';
import type { Request } from './request.js';
import { asText, first, isJson, type Json } from './shape.js';

/** The thinking that a server has given out, by its signatures: it goes back as it was, or not at all. */
export class SignedThinking {
  readonly #texts = new Map<string, Set<string>>();

  /** Notes the thinking of an answer. */
  add(recording: Recording): void {
    const open = new Map<unknown, { text: string; signature: string }>();
    for (const recorded of recording) {
      const { type, index, content_block, delta } = eventOf(recorded) as Json;
      if (type === 'content_block_start' && isJson(content_block)) {
        if (content_block['type'] !== 'thinking') continue;
        open.set(index, {
          text: asText(content_block['thinking']),
          signature: asText(content_block['signature']),
        });
      }
      const block = open.get(index);
      if (type === 'content_block_delta' && isJson(delta) && block) {
        if (typeof delta['thinking'] === 'string') block.text += delta['thinking'];
        if (typeof delta['signature'] === 'string') block.signature += delta['signature'];
      }
    }
    for (const { text, signature } of open.values()) {
      const texts = this.#texts.get(signature) ?? new Set();
      this.#texts.set(signature, texts.add(text));
    }
  }

  /** Thinking is refused whose signature came with other thinking: can1357/oh-my-pi#2145, #6195. */
  wrongIn({ messages }: Request): string | undefined {
    return first(
      messages.flatMap(({ blocks }) => blocks),
      ({ type, json, path }) => {
        const texts = type === 'thinking' ? this.#texts.get(String(json['signature'])) : undefined;
        return texts === undefined || texts.has(String(json['thinking']))
          ? undefined
          : `${path}: Invalid \`signature\` in \`thinking\` block`;
      },
    );
  }
}
