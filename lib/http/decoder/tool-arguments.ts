import { GrowingText } from '../../core/internal/growing-text.js';
import { JsonDepth } from '../../json/internal/json-depth.js';
import type { ModelError } from '../../errors/model-error.js';

/** How large the arguments of one call may be, and the error that says so. */
export interface ToolArgumentsLimits {
  /** Characters of one call's arguments. */
  readonly toolJson: number;
  readonly toolJsonDepth: number;
  readonly fail: (code: 'limit', message: string) => ModelError;
}

/** The arguments of one call as text that grows, within limits. */
export class ToolArguments {
  readonly #text = new GrowingText();
  readonly #depth = new JsonDepth();
  readonly #limits: ToolArgumentsLimits;
  /** The text of a custom tool becomes the string `input` of an object. */
  readonly #isText: boolean;

  constructor(limits: ToolArgumentsLimits, isText = false) {
    this.#limits = limits;
    this.#isText = isText;
  }

  get isEmpty(): boolean {
    return this.#text.length === 0;
  }

  /** Appends a piece and returns it as it stands in the JSON. */
  add(piece: string): string {
    if (piece === '') return '';
    const json = this.#isText
      ? `${this.isEmpty ? '{"input":"' : ''}${JSON.stringify(piece).slice(1, -1)}`
      : piece;
    this.#text.add(json);
    this.#depth.add(json);
    const { toolJson, toolJsonDepth, fail } = this.#limits;
    if (this.#text.length > toolJson)
      throw fail(
        'limit',
        `a tool's arguments are longer than ${String(toolJson)} characters. Raise limits.toolJson`,
      );
    if (this.#depth.max > toolJsonDepth)
      throw fail(
        'limit',
        `a tool's arguments nest deeper than ${String(toolJsonDepth)}. Raise limits.toolJsonDepth`,
      );
    return json;
  }

  /** The JSON text of the whole; empty where there are no arguments. */
  get whole(): string {
    if (!this.#isText) return this.#text.whole;
    return this.isEmpty ? '{"input":""}' : `${this.#text.whole}"}`;
  }
}
