import { GrowingText } from '../../core/internal/growing-text.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json } from '../../http/decoder/json.js';

const GROWING: readonly string[] = ['text', 'summary'];

/**
 * @internal OpenRouter's `reasoning_details`, merged by `index` and `type`: they have to be sent back whole, unchanged
 * and in order. Texts and summaries are appended, of signatures and data the last one counts.
 */
export class ReasoningDetails {
  readonly #details = new Map<
    string,
    { fields: Record<string, unknown>; texts: Map<string, GrowingText> }
  >();

  /** Adds the details of one delta and returns the text that they add. */
  add(details: readonly unknown[]): string {
    let text = '';
    for (const detail of details) if (isRecord(detail)) text += this.#merge(detail);
    return text;
  }

  get whole(): readonly Json[] {
    return [...this.#details.values()].map(({ fields, texts }) => ({
      ...fields,
      ...Object.fromEntries([...texts].map(([key, growing]) => [key, growing.whole])),
    }));
  }

  #merge(detail: Json): string {
    const key = `${String(detail['index'])} ${String(detail['type'])}`;
    let merged = this.#details.get(key);
    if (merged === undefined) this.#details.set(key, (merged = { fields: {}, texts: new Map() }));
    let added = '';
    for (const [field, value] of Object.entries(detail)) {
      if (GROWING.includes(field) && typeof value === 'string') {
        let text = merged.texts.get(field);
        if (text === undefined) merged.texts.set(field, (text = new GrowingText()));
        text.add(value);
        added += value;
      } else if (value !== null || !(field in merged.fields)) {
        Object.defineProperty(merged.fields, field, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      }
    }
    return added;
  }
}
