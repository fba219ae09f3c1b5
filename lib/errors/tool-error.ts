import { hide, kindOf, RxlmError, type RxlmErrorOptions } from './rxlm-error.js';

export interface ToolErrorOptions extends RxlmErrorOptions {
  readonly code: 'unknown_tool' | 'invalid_input' | 'failed';
  /** The tool's name, as the model called it. */
  readonly tool: string;
  readonly input?: unknown;
  /** What a schema found wrong, as Standard Schema issues. */
  readonly issues?: readonly unknown[] | undefined;
}

/**
 * A tool call that could not be done. By default it goes back to the model as a result.
 *
 * @example
 * new ToolError('no such tool', { code: 'unknown_tool', tool: 'weather' }).tool // => 'weather'
 */
export class ToolError extends RxlmError {
  declare readonly code: ToolErrorOptions['code'];
  readonly tool: string;
  declare readonly input?: unknown;
  declare readonly issues?: readonly unknown[];

  constructor(message: string, options: ToolErrorOptions) {
    super(message, options);
    this.tool = options.tool;
    if (options.input !== undefined) hide(this, 'input', options.input);
    // They may quote what was checked.
    if (options.issues !== undefined) hide(this, 'issues', options.issues);
  }

  protected override get kind(): string {
    return 'ToolError';
  }

  static override is(value: unknown): value is ToolError {
    return kindOf(value) === 'ToolError';
  }
}
