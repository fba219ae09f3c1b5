import { IncrementalJson, type IncrementalJsonOptions } from '../incremental-json.js';
import type { JsonProblem } from '../json-problem.js';
import { RelaxedJson } from './relaxed-json.js';

/** Outside of a string: up to and with the next character that has a meaning of its own, and up to a fence. */
const TOKEN = /[^"{}[\]:,`~]*(?:["{}[\]:,]|(?=[`~])|$)/y;
/** Inside: up to and with what may be its end. */
const CONTENT = /[^"]*"?/y;
/** In a comment, likewise. */
const COMMENT = /[^\n/]*[\n/]?/y;

/**
 * @internal A place in a text where JSON may stand, read token by token.
 *
 * It is `convincing` once it can hardly be anything but JSON: a key in double quotes with its colon, or an
 * element behind a string. It is `strong` if it holds a string, which `[1]` and `{}` in prose do not.
 */
export class JsonCandidate {
  /** Where it begins in the text. */
  readonly start: number;
  readonly isContainer: boolean;
  readonly isObject: boolean;
  readonly isString: boolean;
  convincing = false;
  strong = false;
  /** Where the content of its last string begins in the text. */
  stringStart: number | undefined;
  /** Its text, as long as it may have to be read again as prose. */
  text = '';
  readonly #json: IncrementalJson | RelaxedJson;
  #length = 0;

  constructor(start: number, first: string, options: IncrementalJsonOptions, isRelaxed = false) {
    this.start = start;
    this.isObject = first === '{';
    this.isString = first === '"';
    this.isContainer = this.isObject || first === '[';
    this.#json = isRelaxed ? new RelaxedJson(options) : new IncrementalJson(options);
  }

  get value(): unknown {
    return this.#json.value;
  }

  get done(): boolean {
    return this.#json.done;
  }

  /** Whether the next character is data, or a comment's. */
  get isInside(): boolean {
    return this.#json.insideString || this.#isInComment;
  }

  /** Its problem, at a position in the text. */
  get problem(): JsonProblem | undefined {
    return this.#located(this.#json.problem);
  }

  /** Reads one token of a piece of the text, and gives the index behind it; where it fails, that of the failure. */
  read(piece: string, at: number): number {
    const wasInside = this.#json.insideString;
    const isComment = this.#isInComment;
    const pattern = wasInside ? CONTENT : isComment ? COMMENT : TOKEN;
    pattern.lastIndex = at;
    const found = pattern.exec(piece)?.[0] ?? '';
    const token = found === '' ? piece.charAt(at) : found;
    this.#json.push(token);
    const problem = this.#json.problem;
    if (problem !== undefined) {
      const read = Math.max(0, problem.position - this.#length);
      if (!this.convincing) this.text += token.slice(0, read);
      return at + read;
    }
    this.#length += token.length;
    if (!this.convincing) this.text += token;
    if (!isComment) this.#weigh(token.charAt(token.length - 1), wasInside);
    return at + token.length;
  }

  /** Ends it, and gives its problem if it is no whole value. */
  finish(): JsonProblem | undefined {
    return this.#located(this.#json.finish());
  }

  get #isInComment(): boolean {
    return 'insideComment' in this.#json && this.#json.insideComment;
  }

  #weigh(last: string, wasInside: boolean): void {
    if (this.#json.insideString) {
      if (!wasInside) this.stringStart = this.start + this.#length;
      this.strong = true;
    } else if (!wasInside && (last === ':' || (last === ',' && this.strong))) {
      this.convincing = true;
      this.text = '';
    }
  }

  #located(problem: JsonProblem | undefined): JsonProblem | undefined {
    return problem && { ...problem, position: problem.position + this.start };
  }
}
