import type { ObservableInput } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { AgentState } from './agent-result.js';

/** Whether a call may be run; why not is for the model to know. */
export type Approval = boolean | { readonly approved: boolean; readonly reason?: string };

/** How far an agent may go, and what it may do on its way. */
export interface RunToolsOptions {
  /** Turns of the model. @defaultValue 10 */
  readonly maxSteps?: number | undefined;
  /** Calls of one turn that are worked on at once. @defaultValue 8 */
  readonly concurrency?: number | undefined;
  /**
   * Asked before a call is run, with a config to hand on. The first value decides; without one the call is denied. The
   * model is told of a denial as the call's result; an error ends the run.
   */
  readonly approve?: ((call: ToolCall, config: RunConfig) => ObservableInput<Approval>) | undefined;
  /** Asked after each step that the model would go on from. */
  readonly stopWhen?: ((state: AgentState) => boolean) | undefined;
}

/** @internal The options with their defaults. Throws a `TypeError` that names one that cannot be meant. */
export function checkRunToolsOptions(
  options: RunToolsOptions,
): RunToolsOptions & { readonly maxSteps: number; readonly concurrency: number } {
  const { maxSteps = 10, concurrency = 8, approve, stopWhen } = options;
  for (const [name, value] of Object.entries({ maxSteps, concurrency })) {
    if (!(Number.isInteger(value) || value === Infinity) || value < 1)
      throw new TypeError(`${name} must be an integer from 1 on, got ${describeValue(value)}`);
  }
  for (const [name, value] of Object.entries({ approve, stopWhen })) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
  }
  return { ...options, maxSteps, concurrency };
}
