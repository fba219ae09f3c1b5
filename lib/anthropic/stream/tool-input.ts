import { GrowingText } from '../../core/internal/growing-text.js';
import { hasUnsafeInteger } from '../../json/internal/has-unsafe-integer.js';
import { JsonDepth } from '../../json/internal/json-depth.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import { badStream } from './bad-stream.js';
import { modelError } from '../internal/errors.js';
import type { WireBlock } from './wire.js';

export interface ToolInputLimits {
  readonly toolJson: number;
  readonly toolJsonDepth: number;
}

/** @internal The input of one tool call as its JSON comes, within limits. */
export class ToolInput {
  readonly id: string;
  readonly name: string;
  readonly #block: WireBlock;
  readonly #limits: ToolInputLimits;
  readonly #depth = new JsonDepth();
  readonly #text = new GrowingText();

  /** Undefined for a block that has no input. Those of tools do, said or not, and so may others that nobody knows. */
  static of(block: WireBlock, limits: ToolInputLimits): ToolInput | undefined {
    const { type, input } = block;
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
    return isObject || type.endsWith('tool_use') ? new ToolInput(block, limits) : undefined;
  }

  private constructor(block: WireBlock, limits: ToolInputLimits) {
    this.#block = block;
    this.#limits = limits;
    this.id = this.#nameOf(block['id']);
    this.name = this.#nameOf(block['name']);
  }

  add(json: string): void {
    this.#text.add(json);
    this.#depth.add(json);
    const { toolJson, toolJsonDepth } = this.#limits;
    if (this.#text.length > toolJson) {
      throw modelError(
        'limit',
        `a tool's input is longer than ${String(toolJson)} characters. Raise limits.toolJson`,
      );
    }
    if (this.#depth.max > toolJsonDepth) {
      throw modelError(
        'limit',
        `a tool's input nests deeper than ${String(toolJsonDepth)}. Raise limits.toolJsonDepth`,
      );
    }
  }

  /** Whether its JSON has an integer that a JavaScript number cannot hold. */
  get isLossy(): boolean {
    return hasUnsafeInteger(this.#text.whole);
  }

  /** The call when its block has stopped, valid or not. Its input may also have come whole, with the block. */
  settle(): ToolCall | InvalidToolCall {
    if (this.#text.length === 0) this.add(JSON.stringify(this.#block['input'] || {}));
    const { id } = this;
    // A block of an unknown type may have an input and no name.
    const { type } = this.#block;
    const name = type.endsWith('tool_use') ? this.name : this.name || type;
    return settleToolCall({ id, name, args: this.#text.whole });
  }

  /** The call as far as it has come, never to be run. */
  get unfinished(): InvalidToolCall {
    const text = this.#text;
    const { id, name } = this;
    return {
      type: 'invalid_tool_call',
      id,
      name,
      args: text.whole,
      error: 'The call was not finished.',
    };
  }

  /** Without an id or a name, nobody can answer a call. */
  #nameOf(value: unknown): string {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (this.#block.type === 'tool_use') throw badStream('a tool call came without its id or name');
    return '';
  }
}
