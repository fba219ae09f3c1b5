import { ParseError } from '../../errors/parse-error.js';
import type { IncrementalJsonOptions } from '../../json/incremental-json.js';
import { JsonMarkdown } from '../../json/markdown/json-markdown.js';
import type { JsonProblem } from '../../json/json-problem.js';
import { type ParserInput, textOfInput } from '../parser-input.js';

/**
 * @internal The JSON of one answer, read from its chunks. A chunk of another message id begins anew, as in the fold
 * of messages: an attempt that was given up leaves nothing behind.
 */
export class JsonReader {
  private readonly parser: string;
  private readonly options: IncrementalJsonOptions;
  private json: JsonMarkdown;
  private text = '';
  private id: string | undefined;

  constructor(parser: string, options: IncrementalJsonOptions = {}) {
    this.parser = parser;
    this.options = options;
    this.json = new JsonMarkdown(options);
  }

  /** The value so far. Throws a `ParseError` as soon as the answer is too large to be read. */
  add(chunk: ParserInput): unknown {
    const piece = textOfInput(chunk, this.parser);
    const id = typeof chunk === 'string' ? undefined : chunk.id;
    if (id !== undefined) this.begin(id);
    this.text += piece;
    this.json.push(piece);
    if (this.json.problem?.reason === 'limit') throw this.error(this.json.problem);
    return this.json.value;
  }

  /** The value of the whole answer. Throws a `ParseError` if that is no JSON. */
  end(): unknown {
    const problem = this.json.finish();
    if (problem !== undefined) throw this.error(problem);
    return this.json.value;
  }

  private begin(id: string): void {
    if (this.id !== undefined && this.id !== id) {
      this.json = new JsonMarkdown(this.options);
      this.text = '';
    }
    this.id = id;
  }

  private error({ reason, position, message }: JsonProblem): ParseError {
    const isTooLarge = reason === 'limit';
    return new ParseError(
      `${this.parser}: the answer is ${isTooLarge ? 'too large' : 'not JSON'}: ` +
        `${message}, at position ${String(position)}. The error's text has the answer`,
      { code: isTooLarge ? 'too_large' : 'not_json', text: this.text },
    );
  }
}
