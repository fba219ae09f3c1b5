import { GrowingText } from '../../core/internal/growing-text.js';
import type { ContentBlock } from '../content.js';
import { setOwn } from './set-own.js';

/** Pieces of these fields are appended to what is there. Input is text until the block's last piece brings the object. */
const APPENDED: ReadonlySet<string> = new Set([
  'text',
  'thinking',
  'reasoning',
  'refusal',
  'transcript',
  'signature',
  'encrypted_content',
  'input',
  'args',
]);

/** Pieces of these fields are appended in blocks of one type only. */
const APPENDED_IN: Readonly<Record<string, string | undefined>> = {
  content: 'compaction',
  data: 'audio',
};

/** Arrays of these fields come piece by piece. */
const COLLECTED: readonly string[] = ['citations', 'non_standard'];

/**
 * @internal One content block in the making, merged from the pieces of its index: texts are appended, citations
 * collected, of any other field the latest value stands.
 */
export class BlockAccumulator {
  readonly #fields: Record<string, unknown> = {};
  /** The texts to which something has been appended; their fields still say how they began. */
  readonly #texts = new Map<string, GrowingText>();

  add(piece: ContentBlock): void {
    for (const key of Object.keys(piece)) {
      if (key !== 'index') this.#merge(key, piece[key]);
    }
  }

  get isText(): boolean {
    return this.#fields['type'] === 'text';
  }

  get whole(): ContentBlock {
    const block = { ...this.#fields };
    for (const [key, text] of this.#texts) block[key] = text.whole;
    for (const key of COLLECTED) {
      const collected = block[key];
      if (Array.isArray(collected)) block[key] = [...(collected as unknown[])];
    }
    return block as unknown as ContentBlock;
  }

  #merge(key: string, value: unknown): void {
    const before = Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
    if (before === undefined || before === null) {
      this.#set(key, value);
      return;
    }
    // The first piece says what the block is, and null takes away nothing that another has said.
    if (key === 'type' || value === undefined || value === null) return;
    if (typeof before === 'string' && typeof value === 'string' && this.#appends(key)) {
      this.#append(key, before, value);
    } else if (Array.isArray(before) && Array.isArray(value) && COLLECTED.includes(key)) {
      for (const each of value as unknown[]) before.push(each);
    } else {
      this.#set(key, value);
    }
  }

  #append(key: string, before: string, value: string): void {
    let text = this.#texts.get(key);
    if (text === undefined) {
      this.#texts.set(key, (text = new GrowingText()));
      text.add(before);
    }
    text.add(value);
  }

  /** What is collected is collected in a copy: the piece is its author's. */
  #set(key: string, value: unknown): void {
    this.#texts.delete(key);
    const collects = COLLECTED.includes(key) && Array.isArray(value);
    setOwn(this.#fields, key, collects ? [...(value as unknown[])] : value);
  }

  #appends(key: string): boolean {
    return APPENDED.has(key) || APPENDED_IN[key] === this.#fields['type'];
  }
}
