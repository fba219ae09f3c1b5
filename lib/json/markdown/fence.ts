import type { IncrementalJsonOptions } from '../incremental-json.js';
import { JsonCandidate } from './json-candidate.js';
import { type JsonChoice, RANK } from './json-choice.js';
import type { JsonProblem } from '../json-problem.js';

const JSON_TAG = /^json[c5]?$/i;
const SCRIPT_TAG = /^(?:javascript|typescript|[jt]s)$/i;
const RELAXED_TAG = /^(?!json$)/i;
const MARKDOWN_TAG = /^(?:md|mdx|markdown)$/i;
const TAG_CHARACTER = /[\w+#.-]/;
const LONGEST_TAG = 40;
/** What looks like a tag and is the block itself. */
const SCALAR = /^(?:true|false|null|-?\d[\d.eE+-]*)$/;
const BLANK = /\s/;

/**
 * @internal A fenced block behind its first three marks, read while it arrives: its tag, the rest of that line, which
 * may be JSON or say more of the block, and the block. In a program it looks for the value of an assignment.
 */
export class Fence {
  closed = false;
  readonly mark: string;
  readonly #options: IncrementalJsonOptions;
  #length = 3;
  #tag = '';
  #phase: 'tag' | 'body' | 'skip' | 'assigned' = 'tag';
  /** Marks that may become its end. */
  #run = 0;
  #isFirstLine = true;
  #candidate: JsonCandidate | undefined;
  #failure: JsonProblem | undefined;
  /** The last character that is not blank of what is passed over. */
  #before = '';
  #assigned: JsonCandidate | undefined;

  constructor(mark: string, options: IncrementalJsonOptions) {
    this.mark = mark;
    this.#options = options;
  }

  get rank(): number {
    return this.#isNamed ? RANK.jsonFence : RANK.fence;
  }

  /** Whether it holds Markdown, in which other fences may stand. */
  get isMarkdown(): boolean {
    return this.#phase !== 'tag' && MARKDOWN_TAG.test(this.#tag);
  }

  /** What can be shown of it: at once where it says that it is JSON, else once that is clear. */
  get value(): unknown {
    const candidate = this.#candidate;
    const isShown = JSON_TAG.test(this.#tag) || candidate?.convincing === true;
    return isShown || (candidate?.done === true && this.#takes(candidate))
      ? candidate?.value
      : undefined;
  }

  /** What nothing behind can mend. */
  get limit(): JsonProblem | undefined {
    return this.#failure?.reason === 'limit' ? this.#failure : undefined;
  }

  /** Reads on from an index of a piece that begins at `base` in the text, and gives the index behind what was read. */
  read(piece: string, at: number, base: number): number {
    const char = piece.charAt(at);
    if (this.#phase === 'tag') return this.#readTag(char, at, base);
    if (char === this.mark && !this.#isInside) {
      this.#run++;
      this.closed = this.#run === this.#length;
      return at + 1;
    }
    if (this.#run > 0 && this.#phase === 'body') this.#fail(base + at - this.#run);
    else if (this.#run > 0) this.#passOver(this.mark);
    this.#run = 0;
    if (this.#phase === 'body') return this.#readBody(piece, at, base);
    if (this.#phase === 'assigned') return this.#readAssigned(piece, at);
    return this.#skip(piece, at, base);
  }

  /** Ends it, and adds what it holds to the choice. Gives why it holds nothing, if so. */
  end(choice: JsonChoice, position: number): JsonProblem | undefined {
    const candidate = this.#candidate;
    if (candidate === undefined)
      return { reason: 'incomplete', position, message: 'the text ended before a value' };
    const assigned = this.#assigned;
    if (assigned?.done === true && assigned.strong) choice.add(RANK.assigned, assigned);
    this.#failure ??= candidate.finish();
    if (this.#failure === undefined) {
      if (this.#takes(candidate)) choice.add(this.rank, candidate);
    } else if (JSON_TAG.test(this.#tag) || candidate.convincing)
      choice.add(this.rank, candidate, this.#failure);
    return this.#failure;
  }

  get #isInside(): boolean {
    if (this.#phase === 'assigned') return this.#assigned?.isInside === true;
    return this.#phase === 'body' && this.#candidate?.isInside === true;
  }

  get #isNamed(): boolean {
    return JSON_TAG.test(this.#tag) || SCRIPT_TAG.test(this.#tag);
  }

  /** A number in a block of shell commands is nothing that anybody means. */
  #takes(candidate: JsonCandidate): boolean {
    return candidate.isContainer || this.#isNamed || this.#tag === '';
  }

  #readTag(char: string, at: number, base: number): number {
    if (char === this.mark && this.#tag === '') {
      this.#length++;
      return at + 1;
    }
    if (TAG_CHARACTER.test(char) && this.#tag.length < LONGEST_TAG) {
      this.#tag += char;
      return at + 1;
    }
    this.#phase = 'body';
    if (SCALAR.test(this.#tag)) {
      this.#begin(base + at - this.#tag.length, this.#tag).read(this.#tag, 0);
      this.#tag = '';
    }
    return at;
  }

  #readBody(piece: string, at: number, base: number): number {
    const char = piece.charAt(at);
    if (this.#candidate === undefined && BLANK.test(char)) {
      if (char === '\n') this.#isFirstLine = false;
      return at + 1;
    }
    const candidate = this.#candidate ?? this.#begin(base + at, char);
    const end = candidate.read(piece, at);
    if (this.#isFirstLine && piece.slice(at, end).includes('\n')) this.#isFirstLine = false;
    this.#failure = candidate.problem;
    if (this.#failure !== undefined) this.#phase = 'skip';
    return end;
  }

  #begin(position: number, text: string): JsonCandidate {
    this.#candidate = this.#candidateAt(position, text.charAt(0));
    return this.#candidate;
  }

  #candidateAt(position: number, first: string): JsonCandidate {
    const isRelaxed = this.#isNamed && RELAXED_TAG.test(this.#tag);
    return new JsonCandidate(position, first, this.#options, isRelaxed);
  }

  #skip(piece: string, at: number, base: number): number {
    const char = piece.charAt(at);
    if (this.#isFirstLine && char === '\n') {
      this.#isFirstLine = false;
      this.#candidate = this.#failure = undefined;
      this.#phase = 'body';
    } else if (
      this.#before === '=' &&
      (char === '{' || char === '[') &&
      this.#assigned === undefined
    ) {
      this.#assigned = this.#candidateAt(base + at, char);
      this.#phase = 'assigned';
      return at;
    }
    if (!BLANK.test(char)) this.#before = char;
    return at + 1;
  }

  #readAssigned(piece: string, at: number): number {
    const end = this.#assigned?.read(piece, at) ?? at;
    const problem = this.#assigned?.problem;
    if (problem?.reason === 'limit') this.#failure = problem;
    if (problem !== undefined) this.#passOver('');
    else if (this.#assigned?.done === true) this.#phase = 'skip';
    return end;
  }

  /** Goes on behind what is no assigned value after all. */
  #passOver(before: string): void {
    if (this.#phase === 'assigned') {
      this.#assigned = undefined;
      this.#phase = 'skip';
    }
    this.#before = before;
  }

  #fail(position: number): void {
    this.#failure = { reason: 'syntax', position, message: 'expected the end of the fence' };
    this.#phase = 'skip';
  }
}
