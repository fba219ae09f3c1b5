import { flatText } from '../../core/internal/flat-text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** What `#escape` counts: none, the character behind a backslash, then the four digits of a `\u`. */
const NO_ESCAPE = 0;
const AFTER_BACKSLASH = 1;
const FIRST_DIGIT = 2;
const LAST_DIGIT = 5;

/**
 * @internal Reads one JSON string behind its opening quote, split anywhere, also inside an escape or a surrogate pair.
 *
 * `text` holds what can be shown: a high surrogate waits for its other half. It only ever grows, and nobody looks
 * into it before it is closed, so that appending stays free.
 */
export class StringReader {
  text = '';
  closed = false;
  readonly #isRaw: boolean;
  #high = '';
  #escape = NO_ESCAPE;
  #code = 0;

  /** Raw, it takes line ends and tabs as they are, which JSON has escaped. */
  constructor(isRaw = false) {
    this.#isRaw = isRaw;
  }

  begin(): void {
    this.text = '';
    this.closed = false;
    this.#high = '';
    this.#escape = NO_ESCAPE;
  }

  /** Gives the index behind what was read; if that is before the end of the chunk, `closed` or else a wrong character. */
  read(chunk: string, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.#escape !== NO_ESCAPE) {
        if (!this.#unescape(chunk.charCodeAt(at))) return at;
        at++;
        continue;
      }
      const start = at;
      let code = 0;
      while (at < chunk.length && this.#isPlain((code = chunk.charCodeAt(at)))) at++;
      if (at > start) this.#append(chunk.slice(start, at));
      if (at === chunk.length) return at;
      if (code === BACKSLASH) this.#escape = AFTER_BACKSLASH;
      else if (code === QUOTE) {
        this.text = flatText(this.text + this.#high);
        this.closed = true;
        return at + 1;
      } else return at;
      at++;
    }
    return at;
  }

  #isPlain(code: number): boolean {
    if (code < FIRST_PRINTABLE) return this.#isRaw && RAW.has(code);
    return code !== QUOTE && code !== BACKSLASH;
  }

  #append(run: string): void {
    const last = run.length - 1;
    const waits = (run.charCodeAt(last) & 0xfc00) === 0xd800;
    this.text += this.#high + (waits ? run.slice(0, last) : run);
    this.#high = waits ? run.charAt(last) : '';
  }

  #unescape(code: number): boolean {
    if (this.#escape === AFTER_BACKSLASH) {
      this.#code = 0;
      this.#escape = code === 0x75 /* u */ ? FIRST_DIGIT : NO_ESCAPE;
      if (this.#escape === FIRST_DIGIT) return true;
      const plain = ESCAPES.get(code);
      if (plain === undefined) return false;
      this.#append(plain);
      return true;
    }
    const digit = hexDigit(code);
    if (digit < 0) return false;
    this.#code = this.#code * 16 + digit;
    if (this.#escape === LAST_DIGIT) {
      this.#escape = NO_ESCAPE;
      this.#append(String.fromCharCode(this.#code));
    } else this.#escape++;
    return true;
  }
}

/** What stands for a character behind a backslash, by its code. */
const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x22, '"'],
  [0x5c, '\\'],
  [0x2f, '/'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
]);

/** Tab, line feed and carriage return. */
const RAW: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d]);

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}
