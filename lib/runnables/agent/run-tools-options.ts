import type { ObservableInput } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import type { ToolError } from '../../errors/tool-error.js';
import type { AnyMessage } from '../../messages/any-message.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import type { SystemMessage } from '../../messages/system-message.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ChatModel } from '../../models/chat-model.js';
import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import type { AgentState } from './agent-result.js';
import type { AgentTool } from './toolbox.js';

/**
 * A decision about a call. Only `true` and `{ approved: true }` approve it; `reason` is shown to the model. `pending`
 * postpones the decision: the run ends with the call open, and a later run whose history has the call marked by
 * `approvedCall` runs it.
 */
export type Approval =
  boolean | 'pending' | { readonly approved: boolean; readonly reason?: string | undefined };

/** The config that hooks receive. Pass it to runnables to make their runs children of the agent's run. */
export type HookConfig<Ctx = unknown> = RunConfig & { readonly context: Ctx };

/** The state before a turn of the model. */
export interface AgentStep {
  /** The number of the turn; the first is 1. */
  readonly step: number;
  /** The messages to send to the model: the input, and the messages since. */
  readonly messages: readonly AnyMessage[];
  readonly state: AgentState;
  readonly model: ChatModel;
  readonly tools: readonly AgentTool[];
}

/** Changes for one turn; absent fields keep the agent's values. */
export interface PreparedStep<Ctx = unknown> {
  /** Replaces the messages, for this turn only. */
  readonly messages?: MessagesInput | undefined;
  readonly systemPrompt?: string | SystemMessage | undefined;
  /** The tools of this turn, or names of the agent's tools. */
  readonly tools?: readonly (AgentTool<Ctx> | string)[] | undefined;
  readonly toolChoice?: unknown;
  readonly model?: ChatModel | undefined;
}

/** The options of {@link runTools}: limits, hooks and approval. */
export interface RunToolsOptions<Ctx = unknown> {
  /** The largest number of turns of the model. @defaultValue 10 */
  readonly maxSteps?: number | undefined;
  /** The largest number of calls of one turn that run at the same time. @defaultValue 8 */
  readonly concurrency?: number | undefined;
  /**
   * The largest number of calls of one turn that are run. Further calls are answered "was not run", and the agent ends.
   * Default: no limit.
   */
  readonly maxCallsPerTurn?: number | undefined;
  /** The same for all turns together. */
  readonly maxCalls?: number | undefined;
  /** A system prompt before the messages of each request. It is not part of the result. */
  readonly systemPrompt?: string | SystemMessage | undefined;
  /**
   * Decides whether a call may be run. It receives the call with its validated arguments, frozen; the tool runs with
   * exactly these. It is not called for invalid calls. The first value of a promise or Observable decides; without a value
   * the call is denied. The model receives a denial as the result of the call. An error ends the run.
   */
  readonly approve?:
    ((call: ToolCall, config: HookConfig<Ctx>) => Approval | ObservableInput<Approval>) | undefined;
  /** Called after each turn that would be followed by another. `true` ends the run. */
  readonly stopWhen?: ((state: AgentState) => boolean) | undefined;
  /** Called before each turn. Returns the changes for this turn, or nothing. */
  readonly prepareStep?:
    | ((
        step: AgentStep,
        config: HookConfig<Ctx>,
      ) => PreparedStep<Ctx> | undefined | ObservableInput<PreparedStep<Ctx> | undefined>)
    | undefined;
  /**
   * Called once for an invalid call: its arguments are not JSON or do not match the schema, or there is no such tool.
   * Returns corrected arguments or a corrected name, or nothing to leave the call invalid.
   */
  readonly repair?:
    | ((
        call: ToolCall | InvalidToolCall,
        error: ToolError,
        config: HookConfig<Ctx>,
      ) => CallRepair | undefined | ObservableInput<CallRepair | undefined>)
    | undefined;
  /**
   * The text that the model receives for an error of a tool's function, if the tool has no `errorText` of its own.
   * Default: only that the tool failed. Listeners receive the error itself.
   */
  readonly errorText?: ((error: unknown, call: ToolCall) => string) | undefined;
  /**
   * Starts calls of tools with `effectFree` while the model is still streaming, each when it is complete and valid. The
   * order of the results does not change. If the message then fails, is cut off or refused, the started calls are
   * cancelled. With `approve`, no call starts before its approval. @defaultValue false
   */
  readonly eager?: boolean | undefined;
  /**
   * The schema of the answer. The model gives it by calling a tool made for this purpose, which ends the agent;
   * `result.structured` is the validated value. A model that ends with text instead is asked for it once.
   */
  readonly responseFormat?: StandardSchema | JsonSchema | undefined;
}

/** The corrections of a call. */
export interface CallRepair {
  readonly name?: string | undefined;
  readonly args?: Readonly<Record<string, unknown>> | undefined;
}

/** @internal The options with their defaults. Throws a `TypeError` that names one that is invalid. */
export function checkRunToolsOptions<Ctx>(options: RunToolsOptions<Ctx>) {
  const {
    maxSteps = 10,
    concurrency = 8,
    maxCalls = Infinity,
    maxCallsPerTurn = Infinity,
  } = options;
  const {
    approve,
    stopWhen,
    prepareStep,
    repair,
    errorText,
    systemPrompt,
    eager = false,
  } = options;
  const numbers = { maxSteps, concurrency, maxCalls, maxCallsPerTurn };
  for (const [name, value] of Object.entries(numbers)) {
    if (!(Number.isInteger(value) || value === Infinity) || value < 1)
      throw new TypeError(`${name} must be an integer from 1 on, got ${describeValue(value)}`);
  }
  for (const [name, value] of Object.entries({
    approve,
    stopWhen,
    prepareStep,
    repair,
    errorText,
  })) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
  }
  if (typeof eager !== 'boolean')
    throw new TypeError(`eager must be true or false, got ${describeValue(eager)}`);
  const type: unknown = typeof systemPrompt === 'object' ? systemPrompt.type : undefined;
  if (systemPrompt !== undefined && typeof systemPrompt !== 'string' && type !== 'system')
    throw new TypeError(
      `systemPrompt must be a string or a system message, got ${describeValue(systemPrompt)}`,
    );
  return { ...options, ...numbers, eager };
}
