const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** How far a number has come. */
const SIGN = 0;
const LEADING_ZERO = 1;
const INTEGER = 2;
const POINT = 3;
const FRACTION = 4;
const EXPONENT = 5;
const EXPONENT_SIGN = 6;
const EXPONENT_DIGITS = 7;
const WRONG = 8;

const WORDS: Readonly<Record<string, { readonly word: string; readonly value: boolean | null }>> = {
  t: { word: 'true', value: true },
  f: { word: 'false', value: false },
  n: { word: 'null', value: null },
};

/**
 * @internal Reads one number, `true`, `false` or `null`, split anywhere.
 *
 * Only the character behind a scalar shows where it ends, so read `complete` and `value` then.
 */
export class ScalarReader {
  #text = '';
  #word: (typeof WORDS)[string] | undefined;
  #number = SIGN;

  /** Whether a scalar can begin with this character; if so it is the first one read. */
  begin(char: string): boolean {
    this.#text = char;
    this.#word = WORDS[char];
    this.#number = char === '-' ? SIGN : digitAfter(SIGN, char.charCodeAt(0));
    return this.#word !== undefined || this.#number !== WRONG;
  }

  /** Gives the index of the first character that does not belong to the scalar. */
  read(chunk: string, from: number): number {
    let at = from;
    if (this.#word === undefined) {
      let next: number;
      while (at < chunk.length && (next = after(this.#number, chunk.charCodeAt(at))) !== WRONG) {
        this.#number = next;
        at++;
      }
    } else {
      const { word } = this.#word;
      const offset = this.#text.length - from;
      while (at < chunk.length && chunk.charCodeAt(at) === word.charCodeAt(offset + at)) at++;
    }
    if (at > from) this.#text += chunk.slice(from, at);
    return at;
  }

  get complete(): boolean {
    if (this.#word !== undefined) return this.#text.length === this.#word.word.length;
    return (
      this.#number === LEADING_ZERO ||
      this.#number === INTEGER ||
      this.#number === FRACTION ||
      this.#number === EXPONENT_DIGITS
    );
  }

  get value(): number | boolean | null {
    return this.#word === undefined ? Number(this.#text) : this.#word.value;
  }
}

function after(state: number, code: number): number {
  if (code >= ZERO && code <= NINE) return digitAfter(state, code);
  if (code === DOT) return state === LEADING_ZERO || state === INTEGER ? POINT : WRONG;
  if (code === PLUS || code === MINUS) return state === EXPONENT ? EXPONENT_SIGN : WRONG;
  if ((code | 0x20) !== 0x65 /* e */) return WRONG;
  return state === LEADING_ZERO || state === INTEGER || state === FRACTION ? EXPONENT : WRONG;
}

function digitAfter(state: number, code: number): number {
  if (code < ZERO || code > NINE) return WRONG;
  if (state === SIGN) return code === ZERO ? LEADING_ZERO : INTEGER;
  if (state === LEADING_ZERO) return WRONG;
  if (state === POINT) return FRACTION;
  return state === EXPONENT || state === EXPONENT_SIGN ? EXPONENT_DIGITS : state;
}
