import { JsonDepth } from '../json/json-depth.js';
import { modelError } from './to-model-error.js';

export interface ToolInputLimits {
  readonly toolJson: number;
  readonly toolJsonDepth: number;
}

/** @internal The JSON of one tool's input as it comes, within limits. */
export class ToolInput {
  text = '';
  private readonly depth = new JsonDepth();
  private readonly limits: ToolInputLimits;

  constructor(limits: ToolInputLimits) {
    this.limits = limits;
  }

  add(json: string): void {
    this.text += json;
    this.depth.add(json);
    const { toolJson, toolJsonDepth } = this.limits;
    if (this.text.length > toolJson) {
      throw modelError(
        'limit',
        `a tool's input is longer than ${String(toolJson)} characters. Raise limits.toolJson`,
      );
    }
    if (this.depth.max > toolJsonDepth) {
      throw modelError(
        'limit',
        `a tool's input nests deeper than ${String(toolJsonDepth)}. Raise limits.toolJsonDepth`,
      );
    }
  }
}
