import { type Json } from '../../http/decoder/json.js';
import type { MessageWriter } from '../../http/decoder/message-writer.js';
import type { Part, ResponseItems, TextKind } from './response-items.js';

/** @internal The texts, refusals and summaries of a response. */
export class ResponseTexts {
  /** Whether the model has refused. */
  refused = false;
  readonly #items: ResponseItems;
  readonly #message: MessageWriter;

  constructor(items: ResponseItems, message: MessageWriter) {
    this.#items = items;
    this.#message = message;
  }

  add(event: Json, kind: TextKind, delta: unknown): void {
    if (typeof delta !== 'string' || delta === '') return;
    const part = this.#partOf(event, kind);
    part.length += delta.length;
    if (kind === 'refusal') this.refused = true;
    if (kind === 'text') this.#message.textAt(part.index, delta);
    else this.#message.at(part.index, kind, { [kind]: delta });
  }

  /** Adds what no delta has brought of the whole text. */
  finish(event: Json, kind: TextKind, whole: unknown): void {
    if (typeof whole !== 'string' || whole === '') return;
    this.add(event, kind, whole.slice(this.#partOf(event, kind).length));
  }

  /** Adds a citation to the text of the event. */
  annotate(event: Json): void {
    const part = this.#partOf(event, 'text');
    this.#message.at(part.index, 'text', { text: '', citations: [event['annotation']] });
  }

  /** The parts of a reasoning are one block, with a blank line between. */
  #partOf(event: Json, kind: TextKind): Part {
    const { parts } = this.#items.of(event);
    const number = event['content_index'] ?? event['summary_index'] ?? 0;
    const key = `${kind} ${JSON.stringify(number)}`;
    let part = parts.get(key);
    if (part === undefined) {
      const first =
        kind === 'thinking' ? [...parts.values()].find((p) => p.kind === kind) : undefined;
      part = { kind, index: first?.index ?? this.#message.reserve(), length: 0 };
      parts.set(key, part);
      if (first !== undefined) this.#message.at(part.index, kind, { [kind]: '\n\n' });
    }
    return part;
  }
}
