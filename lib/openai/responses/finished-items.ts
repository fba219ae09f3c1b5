import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, listOf, nonEmpty } from '../../http/decoder/json.js';
import type { MessageWriter } from '../../http/decoder/message-writer.js';
import { isCall, type ResponseCalls } from './response-calls.js';
import type { Item, ResponseItems } from './response-items.js';
import type { ResponseTexts } from './response-texts.js';

/** @internal Adds whole items: what no delta has brought of them, and what stands nowhere else. */
export class FinishedItems {
  readonly #items: ResponseItems;
  readonly #texts: ResponseTexts;
  readonly #calls: ResponseCalls;
  readonly #message: MessageWriter;

  constructor(
    items: ResponseItems,
    texts: ResponseTexts,
    calls: ResponseCalls,
    message: MessageWriter,
  ) {
    this.#items = items;
    this.#texts = texts;
    this.#calls = calls;
    this.#message = message;
  }

  /** Adds the whole item `said` of an event, once. */
  add(event: Json, said: unknown): void {
    const item = this.#items.of(event);
    if (item.isDone || !isRecord(said)) return;
    item.isDone = true;
    const type = nonEmpty(said['type']) ?? 'unknown';
    if (type === 'message') this.#addMessage(event, said);
    else if (type === 'reasoning') this.#addReasoning(event, item, said);
    else if (isCall(type)) {
      this.#calls.begin(item, said);
      this.#calls.finish(item, said);
    } else this.#message.block({ ...said, type });
  }

  /** Adds one part of a message. Returns whether its type is known. */
  addPart(event: Json, part: unknown): boolean {
    if (!isRecord(part)) return typeof part === 'string' && this.#addText(event, part, []);
    const { type, text, refusal, annotations } = part;
    if (type === 'output_text' || type === 'text')
      return this.#addText(event, text, arrayOf(annotations));
    if (type === 'refusal') this.#texts.finish(event, 'refusal', refusal);
    return type === 'refusal';
  }

  #addText(event: Json, text: unknown, annotations: readonly unknown[]): true {
    const hadNone = this.#items.of(event).parts.size === 0;
    this.#texts.finish(event, 'text', text);
    if (hadNone)
      for (const annotation of annotations) this.#texts.annotate({ ...event, annotation });
    return true;
  }

  #addMessage(event: Json, said: Json): void {
    listOf(said['content']).forEach((part, content_index) => {
      this.addPart({ ...event, content_index }, part);
    });
  }

  #addReasoning(event: Json, item: Item, said: Json): void {
    const list = arrayOf(said['summary']).length > 0 ? 'summary' : 'content';
    arrayOf(said[list]).forEach((part, number) => {
      const at = { ...event, [list === 'summary' ? 'summary_index' : 'content_index']: number };
      if (isRecord(part)) this.#texts.finish(at, 'thinking', part['text']);
    });
    const index = [...item.parts.values()][0]?.index ?? this.#message.reserve();
    // Has to go back as it came, before the call that it led to.
    this.#message.at(index, 'thinking', { thinking: '', item: said });
  }
}
