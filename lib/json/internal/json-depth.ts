/**
 * @internal How deep a JSON text nests, fed piece by piece; it looks at brackets and strings only.
 */
export class JsonDepth {
  /** The deepest level so far. */
  max = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  add(text: string): void {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) this.#inString = false;
      } else if (code === QUOTE) {
        this.#inString = true;
      } else if (code === BRACE_OPEN || code === BRACKET_OPEN) {
        this.#depth += 1;
        if (this.#depth > this.max) this.max = this.#depth;
      } else if (code === BRACE_CLOSE || code === BRACKET_CLOSE) {
        this.#depth -= 1;
      }
    }
  }
}

const QUOTE = 34;
const BRACKET_OPEN = 91;
const BACKSLASH = 92;
const BRACKET_CLOSE = 93;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
