import { IncrementalJson, type IncrementalJsonOptions } from '../incremental-json.js';
import type { JsonProblem } from '../json-problem.js';

/**
 * @internal JSON with comments and trailing commas, read while it arrives: what `jsonc` fences hold. Blanks go in their
 * place, so that positions are those of the text. All else is as with {@link IncrementalJson}.
 *
 * @example
 * const json = new RelaxedJson();
 * json.push('{"a": 1, // one\n}');
 * json.finish() // => undefined
 * json.value // => { a: 1 }
 */
export class RelaxedJson {
  readonly #json: IncrementalJson;
  #comment: 'none' | 'slash' | 'line' | 'block' | 'star' = 'none';
  /** A comma that may be the last one, and what stands behind it. */
  #held = '';
  /** The last character that is neither blank nor in a comment. */
  #last = '';

  constructor(options?: IncrementalJsonOptions) {
    this.#json = new IncrementalJson(options);
  }

  get value(): unknown {
    return this.#json.value;
  }

  get done(): boolean {
    return this.#json.done && this.#held === '';
  }

  get problem(): JsonProblem | undefined {
    return this.#json.problem;
  }

  get insideString(): boolean {
    return this.#json.insideString;
  }

  get insideComment(): boolean {
    return this.#comment !== 'none';
  }

  push(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const char = text.charAt(at);
      if (this.#json.insideString) this.#push(char);
      else if (this.#comment === 'none') this.#read(char);
      else this.#readComment(char);
    }
  }

  finish(): JsonProblem | undefined {
    if (this.#comment === 'slash') this.#pass('/');
    this.#json.push(this.#held);
    this.#held = '';
    return this.#json.finish();
  }

  #read(char: string): void {
    if (char === '/') this.#comment = 'slash';
    else if (this.#held !== '' && isBlank(char)) this.#held += char;
    else if (char === ',' && this.#held === '' && !/[[{:]/.test(this.#last)) this.#held = char;
    else this.#pass(char);
  }

  #readComment(char: string): void {
    if (this.#comment === 'slash') {
      this.#comment = char === '/' ? 'line' : char === '*' ? 'block' : 'none';
      if (this.#comment === 'none') {
        this.#pass('/');
        this.#read(char);
      } else this.#blank('  ');
      return;
    }
    if (this.#comment === 'line') this.#comment = char === '\n' ? 'none' : 'line';
    else if (this.#comment === 'star' && char === '/') this.#comment = 'none';
    else this.#comment = char === '*' ? 'star' : 'block';
    this.#blank(' ');
  }

  #blank(blanks: string): void {
    if (this.#held === '') this.#json.push(blanks);
    else this.#held += blanks;
  }

  #push(text: string): void {
    const char = text.slice(-1);
    if (!isBlank(char)) this.#last = char;
    this.#json.push(text);
  }

  #pass(char: string): void {
    const isLast = char === '}' || char === ']';
    const held = isLast && this.#held !== '' ? ` ${this.#held.slice(1)}` : this.#held;
    this.#held = '';
    this.#push(held + char);
  }
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}
