import { hide, kindOf, RxlmError, type RxlmErrorOptions } from './rxlm-error.js';

export interface ParseErrorOptions extends RxlmErrorOptions {
  /** `length` and `content_filter`: the answer was cut off at a limit, or refused, so that there is none to read. */
  readonly code: 'not_json' | 'schema_mismatch' | 'too_large' | 'length' | 'content_filter';
  /** The text that could not be read. */
  readonly text: string;
  /** What a schema found wrong, as Standard Schema issues. */
  readonly issues?: readonly unknown[] | undefined;
}

/**
 * A model's answer that is not what a parser was made for.
 *
 * `text` is the answer itself; it is not part of the message, of `inspect` or of `JSON.stringify`.
 *
 * @example
 * new ParseError('not JSON', { code: 'not_json', text: 'Sure!' }).text // => 'Sure!'
 */
export class ParseError extends RxlmError {
  declare readonly code: ParseErrorOptions['code'];
  declare readonly text: string;
  declare readonly issues?: readonly unknown[];

  constructor(message: string, options: ParseErrorOptions) {
    super(message, options);
    hide(this, 'text', options.text);
    // They may quote what was checked.
    if (options.issues !== undefined) hide(this, 'issues', options.issues);
  }

  protected override get kind(): string {
    return 'ParseError';
  }

  static override is(value: unknown): value is ParseError {
    return kindOf(value) === 'ParseError';
  }
}
