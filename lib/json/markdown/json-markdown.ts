import { Fence } from './fence.js';
import type { IncrementalJsonOptions } from '../incremental-json.js';
import { JsonCandidate } from './json-candidate.js';
import { JsonChoice, RANK } from './json-choice.js';
import type { JsonProblem } from '../json-problem.js';
import { Prose } from './text-between-values.js';
import { Thinking } from './thinking-tag.js';

/**
 * JSON in a model's text, read while it arrives: the text itself, a fenced block in it, or an object or array in prose.
 *
 * What counts, from the first to the last: a fence (three backticks or tildes) that is tagged `json`, `jsonc`, `json5`,
 * `javascript` or `typescript`; another fence; an object or array that begins a line; an object within a line; an array
 * within a line; what holds no string, like `[1]` or `{}`, alone in its line or behind a colon; what a fenced program assigns (`const fish = {…}`). Of several fences of a kind the
 * first that can be read counts, and several different values of another kind are a problem. So is JSON that breaks off or is invalid, unless
 * something of a higher kind comes. In fences tagged `jsonc`, `json5`, `javascript` or `typescript`, comments and trailing
 * commas are passed over. What a model thinks aloud (`<thinking>…</thinking>`, `<think>` and the like) is not looked into.
 *
 * All else is as with {@link IncrementalJson}. Positions are those in the whole text, and every part of it is read once
 * or, where a quote in prose was taken for JSON, twice. Problems are certain at `finish`, but for limits.
 *
 * @example
 * const json = new JsonMarkdown();
 * json.push('Here you are:\n```json\n{"title":"Gold');
 * json.value // => { title: 'Gold' }
 */
export class JsonMarkdown {
  readonly #options: IncrementalJsonOptions;
  readonly #maxLength: number;
  #choice = new JsonChoice();
  #prose = new Prose();
  #thinking: Thinking | undefined;
  #fence: Fence | undefined;
  #open: JsonCandidate | undefined;
  /** A value without strings that counts if its line ends behind it. */
  #mark: JsonCandidate | undefined;
  /** Of the open one, or of the mark. */
  #place = { isOwnLine: false, isFirst: false, followsColon: false };
  /** No more is looked for in prose: JSON has broken there, and what comes may be a part of it. */
  #isBroken = false;
  /** Where the piece that is read begins in the text. */
  #base = 0;
  /** What has to be read again before the text goes on. */
  #again = '';
  #length = 0;
  #isOver = false;
  #limit: JsonProblem | undefined;
  /** Why what was looked at is no JSON, for a text that holds none. */
  #why: JsonProblem | undefined;

  constructor(options: IncrementalJsonOptions = {}) {
    this.#options = options;
    this.#maxLength = options.maxLength ?? 4 * 1024 * 1024;
  }

  /** What can be shown so far: undefined before there is anything, the last valid value behind a problem. */
  get value(): unknown {
    const [rank, value] = this.#shown;
    return value !== undefined && rank > this.#choice.rank ? value : this.#choice.value;
  }

  /** Why there is no JSON: a limit at once, all else at `finish`. */
  get problem(): JsonProblem | undefined {
    if (this.#limit !== undefined || !this.#isOver) return this.#limit;
    if (this.#choice.isMade) return this.#choice.problem;
    const message = 'the text ended before a value';
    return this.#why ?? { reason: 'incomplete', position: this.#length, message };
  }

  /** Reads on. Behind a limit, nothing is read. */
  push(text: string): void {
    if (this.#isOver) return;
    this.#length += text.length;
    this.#read(text);
    if (this.#length > this.#maxLength) {
      const message = `no more than ${String(this.#maxLength)} characters are read`;
      this.#stop({ reason: 'limit', position: this.#maxLength, message });
    }
  }

  /** Ends the text, and gives the problem if it holds no JSON. `value` is exact from here on. */
  finish(): JsonProblem | undefined {
    while (!this.#isOver && this.#endOpen()) {
      const again = this.#again;
      this.#again = '';
      this.#base -= again.length;
      this.#read(again);
    }
    if (this.#mark !== undefined) this.#readBehindMark(this.#mark, '');
    this.#endFence();
    if (this.#thinking?.isOpen === true) this.#why = this.#thinking.problemAt(this.#length);
    this.#isOver = true;
    return this.problem;
  }

  /** What is open, by rank, as far as it can be shown. */
  get #shown(): readonly [rank: number, value: unknown] {
    if (this.#fence !== undefined) return [this.#fence.rank, this.#fence.value];
    const open = this.#open ?? this.#mark;
    if (open === undefined) return [-1, undefined];
    const isShown =
      open === this.#mark ||
      open.convincing ||
      (this.#place.isFirst && (open.isContainer || open.isString));
    return [this.#rankOf(open), isShown ? open.value : undefined];
  }

  #rankOf({ isObject, isContainer, strong }: JsonCandidate): number {
    const { isOwnLine } = this.#place;
    if (!isContainer || !strong) return RANK.mark;
    return isOwnLine ? RANK.ownLine : isObject ? RANK.object : RANK.array;
  }

  #read(text: string): void {
    const pieces = [text];
    while (pieces.length > 0 && !this.#isOver) {
      const piece = pieces.pop() ?? '';
      let at = 0;
      while (at < piece.length && this.#goesOn) at = this.#step(piece, at);
      this.#base += at - this.#again.length;
      if (at < piece.length) pieces.push(piece.slice(at));
      if (this.#again !== '') pieces.push(this.#again);
      this.#again = '';
    }
  }

  get #goesOn(): boolean {
    return this.#again === '' && !this.#isOver;
  }

  /** Gives the index behind what was read. */
  #step(piece: string, at: number): number {
    if (this.#fence !== undefined) return this.#readFence(this.#fence, piece, at);
    if (this.#open !== undefined) return this.#readOpen(this.#open, piece, at);
    const char = piece.charAt(at);
    if (this.#thinking !== undefined) return this.#readThinking(this.#thinking, char, at);
    if (this.#mark !== undefined) this.#readBehindMark(this.#mark, char);
    const position = this.#base + at;
    switch (this.#prose.read(char, position)) {
      case 'fence':
        this.#fence = new Fence(char, this.#options);
        break;
      case 'tag':
        this.#thinking = new Thinking();
        break;
      case 'rest':
        this.#isBroken = true;
        this.#choice.spoil(position);
        this.#prose.goOn(char);
        break;
      case 'value':
        if (this.#isBroken) break;
        this.#place = { ...this.#prose.place };
        this.#open = new JsonCandidate(position, char, this.#options);
        return at;
      default:
    }
    return at + 1;
  }

  #readFence(fence: Fence, piece: string, at: number): number {
    const end = fence.read(piece, at, this.#base);
    if (fence.limit !== undefined) this.#stop(fence.limit);
    if (fence.isMarkdown || fence.closed) this.#endFence(this.#base + end);
    return end;
  }

  #endFence(position = this.#length): void {
    if (this.#fence === undefined) return;
    this.#why = this.#fence.end(this.#choice, position) ?? this.#why;
    this.#prose.goOnBehindFence(this.#fence.mark);
    this.#fence = undefined;
  }

  #readThinking(thinking: Thinking, char: string, at: number): number {
    const read = thinking.read(char);
    if (read === 'more') return at + 1;
    this.#thinking = undefined;
    if (read === 'other') {
      this.#prose.goOn('<');
      this.#again = thinking.text;
      return at;
    }
    if (read === 'orphan') {
      this.#choice = new JsonChoice();
      this.#prose = new Prose();
      this.#isBroken = false;
    }
    return at + 1;
  }

  #readOpen(open: JsonCandidate, piece: string, at: number): number {
    const end = open.read(piece, at);
    const problem = open.problem;
    if (problem !== undefined) this.#fail(open, problem, piece.charAt(end));
    else if (open.done && open.isContainer) this.#take(open);
    return end;
  }

  #take(open: JsonCandidate): void {
    const { isOwnLine, followsColon } = this.#place;
    if (open.strong || !open.isContainer || followsColon)
      this.#choice.add(this.#rankOf(open), open);
    else if (isOwnLine) this.#mark = open;
    this.#prose.goOnBehindValue(isOwnLine);
    this.#open = undefined;
  }

  #readBehindMark(mark: JsonCandidate, char: string): void {
    const isEnd = char === '\n' || char === '';
    if (isEnd) this.#choice.add(RANK.mark, mark);
    if (isEnd || /\S/.test(char)) this.#mark = undefined;
  }

  #fail(open: JsonCandidate, problem: JsonProblem, char: string): void {
    this.#open = undefined;
    this.#prose.goOn('"');
    if (problem.reason === 'limit') this.#stop(problem);
    // A key whose brace is missing.
    else if (open.convincing || (open.isString && open.done && char === ':')) {
      this.#choice.add(this.#rankOf(open), open, problem);
      this.#isBroken = true;
    } else {
      this.#why ??= problem;
      const { stringStart, start, text } = open;
      if (stringStart !== undefined) this.#again = text.slice(stringStart - start);
    }
  }

  /** Ends what is open at the end of the text, and says whether there is more to read. */
  #endOpen(): boolean {
    const open = this.#open;
    if (open !== undefined) {
      const problem = open.finish();
      if (problem === undefined) this.#take(open);
      else this.#fail(open, problem, '');
    } else if (this.#thinking?.isOpen === false) {
      this.#again = this.#thinking.text;
      this.#thinking = undefined;
    }
    return this.#again !== '';
  }

  #stop(limit: JsonProblem): void {
    this.#limit ??= limit;
    this.#isOver = true;
  }
}
