import { IncrementalJson, type IncrementalJsonOptions } from './incremental-json.js';
import type { JsonProblem } from './json-problem.js';

const TICK = '`';
const FENCE_TICKS = 3;
const TAG = 'json';

/**
 * JSON in a model's text, read while it arrives: the first fenced block if there is one, else the text itself.
 *
 * The fence may say `json`, and prose may stand around it. Backticks inside a string of the JSON are data. All else is
 * as with {@link IncrementalJson}, positions being those in the whole text; only, as a fence may come late, text in
 * front of it that is no JSON becomes a problem at `finish`. Where the fence holds nothing that can be shown, the text
 * before it counts (so the closing fence of an answer that was begun behind an opening one does no harm).
 *
 * @example
 * const json = new JsonMarkdown();
 * json.push('Here you are:\n```json\n{"title":"Gold');
 * json.value // => { title: 'Gold' }
 */
export class JsonMarkdown {
  readonly #options: IncrementalJsonOptions;
  readonly #plain: IncrementalJson;
  #block: IncrementalJson | undefined;
  /** What the next character belongs to: JSON without a fence, prose before one, its tag, its block, or nothing. */
  #phase: 'plain' | 'prose' | 'tag' | 'block' | 'closed' = 'plain';
  /** Backticks that may become a fence. */
  #ticks = 0;
  #tag = '';
  #length = 0;
  #blockStart = 0;

  constructor(options: IncrementalJsonOptions = {}) {
    this.#options = options;
    this.#plain = new IncrementalJson(options);
  }

  /** What can be shown so far: undefined before there is anything, the last valid value behind a problem. */
  get value(): unknown {
    return this.#shown.value;
  }

  /** Whether a whole value has been read. */
  get done(): boolean {
    return this.#shown.done;
  }

  /** Why there is no JSON, told as soon as it is certain. */
  get problem(): JsonProblem | undefined {
    if (this.#block !== undefined) return this.#located(this.#block.problem);
    return this.#phase === 'prose' ? undefined : this.#plain.problem;
  }

  /** Reads on. Behind the block or a problem, nothing is read. */
  push(text: string): void {
    for (let at = 0; at < text.length;) at = this.#read(text, at);
    this.#length += text.length;
  }

  /** Ends the text, and gives the problem if it holds no JSON. `value` is exact from here on. */
  finish(): JsonProblem | undefined {
    if (this.#phase === 'plain' && this.#ticks > 0) this.#plain.push(TICK);
    if (this.#phase === 'tag') this.#beginBlock(this.#length);
    this.#phase = 'closed';
    const problem = this.#block?.finish();
    if (this.#shown === this.#plain && this.#plain.finish() === undefined) this.#block = undefined;
    return this.#block === undefined ? this.#plain.problem : this.#located(problem);
  }

  get #shown(): IncrementalJson {
    return this.#block?.value === undefined ? this.#plain : this.#block;
  }

  #located(problem: JsonProblem | undefined): JsonProblem | undefined {
    return problem && { ...problem, position: problem.position + this.#blockStart };
  }

  /** Gives the index behind what was read. */
  #read(text: string, at: number): number {
    switch (this.#phase) {
      case 'plain':
        return this.#readJson(this.#plain, text, at);
      case 'prose':
        return this.#readProse(text, at);
      case 'tag':
        return this.#readTag(text, at);
      case 'block':
        return this.#readJson(this.#block ?? this.#plain, text, at);
      case 'closed':
        return text.length;
    }
  }

  #readJson(json: IncrementalJson, text: string, at: number): number {
    if (text.startsWith(TICK, at) && !json.insideString) {
      this.#readTick();
      return at + 1;
    }
    const end = endOfRun(text, at);
    const stray = this.#ticks > 0;
    this.#ticks = 0;
    json.push(stray ? TICK : text.slice(at, end));
    if (json.problem !== undefined) {
      const mayBeProse = json === this.#plain && json.problem.reason === 'syntax';
      this.#phase = mayBeProse ? 'prose' : 'closed';
    }
    return stray ? at : end;
  }

  #readProse(text: string, at: number): number {
    if (text.startsWith(TICK, at)) this.#readTick();
    else this.#ticks = 0;
    return endOfRun(text, at);
  }

  #readTick(): void {
    this.#ticks++;
    if (this.#ticks < FENCE_TICKS) return;
    this.#ticks = 0;
    if (this.#phase === 'block') {
      this.#phase = 'closed';
      return;
    }
    this.#block = new IncrementalJson(this.#options);
    this.#phase = 'tag';
  }

  #readTag(text: string, at: number): number {
    const char = text.charAt(at);
    const isLongerFence = char === TICK && this.#tag === '';
    if (isLongerFence) return at + 1;
    const tag = this.#tag + char;
    if (!TAG.startsWith(tag.toLowerCase())) {
      this.#beginBlock(this.#length + at);
      return at;
    }
    this.#tag = tag.length < TAG.length ? tag : '';
    if (tag.length === TAG.length) this.#beginBlock(this.#length + at + 1);
    return at + 1;
  }

  /** Goes on to the block at a position, or before it if what looked like a tag was none. */
  #beginBlock(position: number): void {
    this.#blockStart = position - this.#tag.length;
    this.#block?.push(this.#tag);
    this.#phase = 'block';
  }
}

/** Where a single backtick or a run of other characters ends. */
function endOfRun(text: string, at: number): number {
  if (text.startsWith(TICK, at)) return at + 1;
  const tick = text.indexOf(TICK, at);
  return tick === -1 ? text.length : tick;
}
