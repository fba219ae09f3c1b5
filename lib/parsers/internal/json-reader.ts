import { ParseError } from '../../errors/parse-error.js';
import type { IncrementalJsonOptions } from '../../json/incremental-json.js';
import { JsonMarkdown } from '../../json/markdown/json-markdown.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import type { JsonProblem } from '../../json/json-problem.js';
import { type ParserInput, textOfInput } from '../parser-input.js';
import { unfinishedAnswer } from './unfinished-answer.js';

/**
 * @internal The JSON of one answer, read from its chunks. A chunk of another message id begins anew, as in the fold
 * of messages: an attempt that was given up leaves nothing behind.
 */
export class JsonReader {
  readonly #parser: string;
  readonly #options: IncrementalJsonOptions;
  #json: JsonMarkdown;
  #text = '';
  #id: string | undefined;
  #finishReason: FinishReason | undefined;

  constructor(parser: string, options: IncrementalJsonOptions = {}) {
    this.#parser = parser;
    this.#options = options;
    this.#json = new JsonMarkdown(options);
  }

  /** The value so far. Throws a `ParseError` as soon as the answer is too large to be read. */
  add(chunk: ParserInput): unknown {
    const piece = textOfInput(chunk, this.#parser);
    if (typeof chunk !== 'string') {
      if (chunk.id !== undefined) this.#begin(chunk.id);
      this.#finishReason = chunk.finish_reason ?? this.#finishReason;
    }
    this.#text += piece;
    this.#json.push(piece);
    if (this.#json.problem?.reason === 'limit') throw this.#error(this.#json.problem);
    return this.#json.value;
  }

  /** The value of the whole answer. Throws a `ParseError` if that is no JSON, was cut off or refused. */
  end(): unknown {
    const problem = this.#json.finish();
    const { value } = this.#json;
    // A number that was cut off is not known.
    const isWhole = problem === undefined && typeof value === 'object' && value !== null;
    if (!isWhole || this.#finishReason === 'content_filter') {
      const unfinished = unfinishedAnswer(this.#parser, this.#finishReason, this.#text);
      if (unfinished !== undefined) throw unfinished;
    }
    if (problem !== undefined) throw this.#error(problem);
    return value;
  }

  #begin(id: string): void {
    if (this.#id !== undefined && this.#id !== id) {
      this.#json = new JsonMarkdown(this.#options);
      this.#text = '';
      this.#finishReason = undefined;
    }
    this.#id = id;
  }

  #error({ reason, position, message }: JsonProblem): ParseError {
    const isTooLarge = reason === 'limit';
    return new ParseError(
      `${this.#parser}: the answer is ${isTooLarge ? 'too large' : 'not JSON'}: ` +
        `${message}, at position ${String(position)}. The error's text has the answer`,
      { code: isTooLarge ? 'too_large' : 'not_json', text: this.#text },
    );
  }
}
