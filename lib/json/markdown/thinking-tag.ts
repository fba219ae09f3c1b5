import type { JsonProblem } from '../json-problem.js';

const NAMES = 'thinking|think|thoughts?|reasoning|scratchpad|reflection|antthinking';
const WHOLE = new RegExp(`^(/?)(${NAMES})(?:\\s[^<>]*)?>$`, 'i');
const BEGUN = new RegExp(`^/?(?:[a-z]*|(?:${NAMES})\\s[^<>]*)$`, 'i');
const LONGEST_TAG = 200;

/**
 * @internal A part of a text in which a model thinks aloud, behind its `<` and up to its end, read while it arrives. It
 * may turn out to be something else, or the end of a part whose beginning is not there.
 */
export class Thinking {
  /** What stands behind the `<`, as long as that is not known to be a tag. */
  text = '';
  #end = '';
  #matched = 0;

  get isOpen(): boolean {
    return this.#end !== '';
  }

  /** Reads one character. */
  read(char: string): 'more' | 'closed' | 'orphan' | 'other' {
    if (this.#end !== '') return this.#readInside(char);
    const text = this.text + char;
    const [, slash, name] = WHOLE.exec(text) ?? [];
    if (name === undefined) {
      if (text.length > LONGEST_TAG || !BEGUN.test(text)) return 'other';
      this.text = text;
      return 'more';
    }
    if (slash === '/') return 'orphan';
    this.#end = `</${name.toLowerCase()}>`;
    this.text = '';
    return 'more';
  }

  problemAt(position: number): JsonProblem {
    return { reason: 'incomplete', position, message: `the text ended before ${this.#end}` };
  }

  #readInside(char: string): 'more' | 'closed' {
    if (char.toLowerCase() === this.#end.charAt(this.#matched)) this.#matched++;
    else this.#matched = char === '<' ? 1 : 0;
    return this.#matched === this.#end.length ? 'closed' : 'more';
  }
}
