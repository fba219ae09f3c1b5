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
 * Whether a call may be run: only `true` and `{ approved: true }` say so; why not is for the model to know. `pending`
 * leaves the call to be decided later: the run ends with it open, and one that goes on from it with the call marked by
 * `approvedCall` runs it.
 */
export type Approval =
  boolean | 'pending' | { readonly approved: boolean; readonly reason?: string | undefined };

/** The config that hooks get: hand it on, and what is run with it is a child of the agent's run. */
export type HookConfig<Ctx = unknown> = RunConfig & { readonly context: Ctx };

/** What is known before a turn of the model. */
export interface AgentStep {
  /** The number of the turn, from 1 on. */
  readonly step: number;
  /** What the model is to be sent: the input, and what has been said since. */
  readonly messages: readonly AnyMessage[];
  readonly state: AgentState;
  readonly model: ChatModel;
  readonly tools: readonly AgentTool[];
}

/** What one turn is to be made with; what is absent stays as it is. */
export interface PreparedStep<Ctx = unknown> {
  /** Sent in place of the messages; for this turn only. */
  readonly messages?: MessagesInput | undefined;
  readonly systemPrompt?: string | SystemMessage | undefined;
  /** The tools of this turn, or the names of those of the agent. */
  readonly tools?: readonly (AgentTool<Ctx> | string)[] | undefined;
  readonly toolChoice?: unknown;
  readonly model?: ChatModel | undefined;
}

/** How far an agent may go, and what it may do on its way. */
export interface RunToolsOptions<Ctx = unknown> {
  /** Turns of the model. @defaultValue 10 */
  readonly maxSteps?: number | undefined;
  /** Calls of one turn that are worked on at once. @defaultValue 8 */
  readonly concurrency?: number | undefined;
  /** Calls of one turn that are run; further ones are answered "was not run", and the agent ends. No limit by default. */
  readonly maxCallsPerTurn?: number | undefined;
  /** The same for all turns together. */
  readonly maxCalls?: number | undefined;
  /** Said before all messages in each request; it is not part of the result. */
  readonly systemPrompt?: string | SystemMessage | undefined;
  /**
   * Asked before a call is run, with its arguments as they were validated, frozen: the tool is run with just these. Calls
   * that are invalid are not asked for. The first value decides; without one the call is denied. The model reads a denial
   * as the call's result; an error ends the run.
   */
  readonly approve?:
    ((call: ToolCall, config: HookConfig<Ctx>) => Approval | ObservableInput<Approval>) | undefined;
  /** Asked after each step that the model would go on from. */
  readonly stopWhen?: ((state: AgentState) => boolean) | undefined;
  /** Asked before each turn for what is to be different in it. */
  readonly prepareStep?:
    | ((
        step: AgentStep,
        config: HookConfig<Ctx>,
      ) => PreparedStep<Ctx> | undefined | ObservableInput<PreparedStep<Ctx> | undefined>)
    | undefined;
  /**
   * Asked once for a call that is invalid (no JSON, no such tool, not what the schema takes): its arguments or its name as
   * they are to be, or nothing to leave it.
   */
  readonly repair?:
    | ((
        call: ToolCall | InvalidToolCall,
        error: ToolError,
        config: HookConfig<Ctx>,
      ) => CallRepair | undefined | ObservableInput<CallRepair | undefined>)
    | undefined;
  /**
   * What the model reads of an error of a tool's function, where the tool has no `errorText` of its own. By default only that the
   * tool failed. Listeners get the error itself.
   */
  readonly errorText?: ((error: unknown, call: ToolCall) => string) | undefined;
  /**
   * Begins the calls of tools that are marked as `effectFree` while the model still writes, each when it is complete and
   * valid. The results come where they would come otherwise. Where the message then fails, is cut off or refused, what was
   * begun for it is cancelled. With `approve` nothing is begun before it was approved. @defaultValue false
   */
  readonly eager?: boolean | undefined;
  /**
   * The schema of the answer: the agent ends when the model has given it, by a call of a tool made for that, and
   * `result.structured` is the validated value. A model that ends with words is asked for it once.
   */
  readonly responseFormat?: StandardSchema | JsonSchema | undefined;
}

/** What is to be different in a call. */
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
