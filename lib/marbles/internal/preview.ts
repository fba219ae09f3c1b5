import { printable } from '../../core/internal/printable.js';

/** So many characters of a content are kept for a marble. */
const LONGEST = 120;

/** @internal The beginning of a text, without characters that a terminal or a page obeys. */
export function cutText(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return printable(cut).replace(/[\ufffe\uffff]/g, '\ufffd');
}

/**
 * @internal The beginning of a value, written as JSON. It costs time in proportion to what it shows, whatever the size of the
 * value, and never throws.
 */
export function preview(value: unknown, longest = LONGEST): string {
  if (typeof value === 'string') return cutText(value, longest);
  const pieces = new Pieces(longest);
  try {
    pieces.add(value, 0);
  } catch {
    // A getter of the value threw: what was written before it is shown.
  }
  return cutText(pieces.text, longest);
}

const DEEPEST = 6;

class Pieces {
  text = '';
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  add(value: unknown, depth: number): void {
    if (typeof value === 'string') {
      this.text += JSON.stringify(value.slice(0, this.#longest));
    } else if (typeof value !== 'object' || value === null) {
      this.text += String(value);
    } else if (depth > DEEPEST) {
      this.text += '…';
    } else if (Array.isArray(value)) {
      this.#list('[]', value.length, depth, (index) => [undefined, value[index] as unknown]);
    } else {
      const keys = Object.keys(value);
      this.#list('{}', keys.length, depth, (index) => {
        const key = keys[index] ?? '';
        return [key, (value as Readonly<Record<string, unknown>>)[key]];
      });
    }
  }

  #list(
    [open, close]: '[]' | '{}',
    count: number,
    depth: number,
    entry: (index: number) => readonly [string | undefined, unknown],
  ): void {
    this.text += open ?? '';
    for (let index = 0; index < count && this.text.length <= this.#longest; index++) {
      if (index > 0) this.text += ',';
      const [key, item] = entry(index);
      if (key !== undefined) this.text += `${JSON.stringify(key.slice(0, this.#longest))}:`;
      this.add(item, depth + 1);
    }
    this.text += close ?? '';
  }
}
