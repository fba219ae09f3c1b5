import { ArrayDraft, ObjectDraft } from './internal/open-container.js';
import { GrowingTree } from './internal/growing-tree.js';
import type { JsonProblem } from './json-problem.js';
import { ScalarReader } from './internal/scalar-reader.js';
import { StringReader } from './internal/string-reader.js';

export interface IncrementalJsonOptions {
  /** Levels of arrays and objects. @defaultValue 256 */
  readonly maxDepth?: number | undefined;
  /** Characters (UTF-16 code units). @defaultValue 4 Mi */
  readonly maxLength?: number | undefined;
  /** Takes line ends and tabs in strings as they are, which JSON has escaped. @defaultValue false */
  readonly rawNewlines?: boolean | undefined;
}

/** What can come next: the states of the grammar, as a message names them. */
const VALUE = 'a value';
const VALUE_OR_END = "a value or ']'";
const KEY = 'a key in double quotes';
const KEY_OR_END = "a key in double quotes or '}'";
const COLON = "':'";
const IN_ARRAY = "',' or ']'";
const IN_OBJECT = "',' or '}'";
const NOTHING = 'nothing but whitespace';
const NAME = 'the rest of a key';
const STRING = 'the rest of a string';
const SCALAR = 'the rest of a number, true, false or null';

/**
 * JSON that is read while it arrives: `value` is what can be shown so far, each time as plain data that never changes.
 *
 * Strings grow; numbers, `true`, `false` and `null` appear once the character behind them has come; a member appears
 * when its value does. So every value is a prefix of the final one, which is what JSON.parse gives (`__proto__` is an
 * own property, of repeated keys the last counts), and no surrogate pair is ever shown halved. What did not change
 * between two values is the same object in both.
 *
 * Everything is linear in the text, however often it is read. Were a wide array copied for every delta, that could not
 * be; so where the open containers hold hundreds of members, `value` may be some characters behind (160 or so
 * with 1,000 elements). It is exact when it is read less often, when the text is complete or invalid, and after `finish`.
 *
 * @example
 * const json = new IncrementalJson();
 * json.push('{"title":"Gold');
 * json.value // => { title: 'Gold' }
 * json.push('fish","year":1969}');
 * json.finish() // => undefined
 * json.value // => { title: 'Goldfish', year: 1969 }
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259 | RFC 8259}
 */
export class IncrementalJson {
  readonly #maxDepth: number;
  readonly #maxLength: number;
  readonly #tree = new GrowingTree();
  readonly #string: StringReader;
  readonly #scalar = new ScalarReader();
  #expected: string = VALUE;
  #length = 0;
  #problem: JsonProblem | undefined;

  constructor(options: IncrementalJsonOptions = {}) {
    const { maxDepth = 256, maxLength = 4 * 1024 * 1024, rawNewlines = false } = options;
    this.#string = new StringReader(rawNewlines);
    this.#maxDepth = positive('maxDepth', maxDepth);
    this.#maxLength = positive('maxLength', maxLength);
  }

  /** What can be shown so far: undefined before there is anything, the last valid value behind a problem. */
  get value(): unknown {
    return this.#tree.snapshot(this.#length, this.#failed());
  }

  /** Whether a whole value has been read. (A number at the top level ends with what follows it, or at `finish`.) */
  get done(): boolean {
    return this.#expected === NOTHING;
  }

  /** Why this is not JSON, set as soon as it is certain and never unset. */
  get problem(): JsonProblem | undefined {
    return this.#problem;
  }

  /** Whether the next character belongs to a string or key. */
  get insideString(): boolean {
    return this.#expected === STRING || this.#expected === NAME;
  }

  /** Reads on. Behind a problem, nothing is read. */
  push(text: string): void {
    if (this.#problem !== undefined) return;
    const room = this.#maxLength - this.#length;
    const chunk = text.length > room ? text.slice(0, room) : text;
    for (let at = 0; at < chunk.length && !this.#failed();) at = this.#read(chunk, at);
    this.#length += chunk.length;
    if (chunk.length < text.length && !this.#failed()) {
      this.#fail('limit', 0, `no more than ${this.#maxLength} characters are read`);
    }
  }

  /** Ends the text, and gives the problem if it is not JSON as a whole. `value` is exact from here on. */
  finish(): JsonProblem | undefined {
    if (this.#problem !== undefined) return this.#problem;
    const ended = this.#tree.depth === 0 && this.#expected === SCALAR && this.#scalar.complete;
    if (ended) this.#endScalar(0);
    if (!this.done && !this.#failed()) {
      this.#fail('incomplete', 0, `the text ended before ${this.#expected}`);
    }
    return this.#problem;
  }

  /** Gives the index behind what was read. */
  #read(chunk: string, at: number): number {
    if (this.#expected === STRING) return this.#readString(chunk, at);
    if (this.#expected === NAME) return this.#readName(chunk, at);
    if (this.#expected === SCALAR) return this.#readScalar(chunk, at);
    const char = chunk.charAt(at);
    if (!isWhitespace(char)) this.#accept(char, at);
    return at + 1;
  }

  #accept(char: string, at: number): void {
    switch (this.#expected) {
      case VALUE:
      case VALUE_OR_END:
        if (char === ']' && this.#expected === VALUE_OR_END) this.#close();
        else this.#begin(char, at);
        return;
      case KEY:
      case KEY_OR_END:
        if (char === '"') {
          this.#string.begin();
          this.#expected = NAME;
        } else if (char === '}' && this.#expected === KEY_OR_END) this.#close();
        else this.#reject(at);
        return;
      case COLON:
        if (char === ':') this.#expected = VALUE;
        else this.#reject(at);
        return;
      case IN_ARRAY:
        if (char === ',') this.#expected = VALUE;
        else if (char === ']') this.#close();
        else this.#reject(at);
        return;
      case IN_OBJECT:
        if (char === ',') this.#expected = KEY;
        else if (char === '}') this.#close();
        else this.#reject(at);
        return;
      default:
        this.#reject(at);
    }
  }

  #begin(char: string, at: number): void {
    if (char === '"') {
      this.#string.begin();
      this.#tree.grow('');
      this.#expected = STRING;
    } else if (char === '{' || char === '[') {
      if (this.#tree.depth === this.#maxDepth) {
        this.#fail('limit', at, `no more than ${this.#maxDepth} levels are read`);
        return;
      }
      this.#tree.open(char === '[' ? new ArrayDraft() : new ObjectDraft());
      this.#expected = char === '[' ? VALUE_OR_END : KEY_OR_END;
    } else if (this.#scalar.begin(char)) this.#expected = SCALAR;
    else this.#reject(at);
  }

  #readString(chunk: string, from: number): number {
    const { length } = this.#string.text;
    const at = this.#string.read(chunk, from);
    if (this.#string.text.length > length) this.#tree.grow(this.#string.text);
    if (this.#string.closed) {
      this.#tree.endString();
      this.#expectNext();
    } else if (at < chunk.length) this.#reject(at);
    return at;
  }

  #readName(chunk: string, from: number): number {
    const at = this.#string.read(chunk, from);
    if (this.#string.closed) {
      this.#tree.name(this.#string.text);
      this.#expected = COLON;
    } else if (at < chunk.length) this.#reject(at);
    return at;
  }

  #readScalar(chunk: string, from: number): number {
    const at = this.#scalar.read(chunk, from);
    if (at < chunk.length) {
      const char = chunk.charAt(at);
      if (isWhitespace(char) || char === ',' || char === ']' || char === '}') this.#endScalar(at);
      else this.#reject(at);
    }
    return at;
  }

  #endScalar(at: number): void {
    if (!this.#scalar.complete) {
      this.#reject(at);
      return;
    }
    const { value } = this.#scalar;
    if (value === Infinity || value === -Infinity) {
      this.#fail('range', at, 'expected a number within the range of a double');
      return;
    }
    this.#tree.put(value);
    this.#expectNext();
  }

  #close(): void {
    this.#tree.close();
    this.#expectNext();
  }

  #expectNext(): void {
    if (this.#tree.depth === 0) this.#expected = NOTHING;
    else this.#expected = this.#tree.insideArray ? IN_ARRAY : IN_OBJECT;
  }

  #reject(at: number): void {
    this.#fail('syntax', at, `expected ${this.#expected}`);
  }

  #fail(reason: JsonProblem['reason'], at: number, message: string): void {
    this.#problem = { reason, position: this.#length + at, message };
  }

  #failed(): boolean {
    return this.#problem !== undefined;
  }
}

function isWhitespace(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}

function positive(name: string, value: number): number {
  if (value === Infinity || (Number.isInteger(value) && value > 0)) return value;
  throw new TypeError(`${name} must be a positive integer, not ${String(value)}`);
}
