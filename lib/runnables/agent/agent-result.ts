import type { Accumulator } from '../../core/fold-chunks.js';
import { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { ANSWER_TOOL, isAnswer } from '../../messages/internal/answer-message.js';
import { approvalIn, isPending } from '../../messages/internal/approval-of.js';
import { MessageAccumulator } from '../../messages/internal/message-accumulator.js';
import { replaceUsage } from '../../messages/internal/replace-usage.js';
import type { ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import { closeCalls, isPaused, openCalls } from './unanswered-calls.js';

/** The state of an agent between two turns. */
export interface AgentState {
  /** The messages of the model and the tools since the input, in order. */
  readonly messages: readonly (AIMessage | ToolMessage)[];
  /** The model's last message. */
  readonly output: AIMessage;
  /** The number of turns of the model. */
  readonly steps: number;
  /** The sum of the usage of all turns; absent if the model reports none. */
  readonly usage?: UsageMetadata;
  /** Calls to be answered outside of this run: by an approval, or by a page that has the tool. */
  readonly pending: readonly ToolCall[];
}

/** The result of an agent. Its messages can be sent again with a further message, however the run ended. */
export interface AgentResult<T = unknown> extends AgentState {
  /**
   * `done`: the model made no further call (`output.finish_reason` says why it ended). `max_steps`, `max_calls`,
   * `stop_when`: a limit ended the run. `pending`: there are calls to be answered outside of this run.
   */
  readonly finish: 'done' | 'max_steps' | 'max_calls' | 'stop_when' | 'pending';
  /** The validated answer for `responseFormat`; absent if the agent ended without one. */
  readonly structured?: T;
}

/** @internal The limits of an agent, and the form of its answer. */
export interface AgentLimits {
  readonly maxSteps: number;
  readonly maxCalls: number;
  readonly maxCallsPerTurn: number;
  /** Whether the model gives its answer by a tool call. */
  readonly byCall?: boolean | undefined;
}

const UNLIMITED: AgentLimits = {
  maxSteps: Infinity,
  maxCalls: Infinity,
  maxCallsPerTurn: Infinity,
};

/**
 * @internal Folds the chunks of an agent's turns and the results of its tools into its state.
 *
 * A chunk with another message id begins another turn if the previous turn was answered or paused. Otherwise it replaces
 * the previous message, as in the fold of messages.
 */
export class AgentAccumulator implements Accumulator<AIMessageChunk | ToolMessage, AgentResult> {
  readonly #limits: AgentLimits;
  readonly #settled: (AIMessage | ToolMessage)[] = [];
  readonly #pendingIds = new Set<string>();
  #turn: MessageAccumulator | undefined;
  #turnId: string | undefined;
  /** The usage of the completed turns. */
  #spent: UsageMetadata | undefined;

  /** Without limits if they are unknown, as for a remote agent. */
  constructor(limits: AgentLimits = UNLIMITED) {
    this.#limits = limits;
  }

  add(chunk: AIMessageChunk | ToolMessage): void {
    if (chunk.type === 'tool') {
      this.#settleTurn();
      if (isPending(chunk)) this.#pendingIds.add(chunk.tool_call_id);
      // What was denied before is in the input.
      else if (approvalIn(chunk) !== 'denied_before') this.#settled.push(chunk);
      return;
    }
    if (chunk.id !== this.#turnId) {
      const turn = this.#turn;
      if (turn !== undefined && (isPaused(turn.whole) || this.owesAnswer)) this.#settleTurn();
      this.#turnId = chunk.id;
    }
    this.#turn ??= new MessageAccumulator();
    this.#turn.add(chunk);
  }

  get state(): AgentState {
    const messages = [...this.#settled];
    if (this.#turn !== undefined) messages.push(this.#turn.whole);
    const usage = this.#turn === undefined ? this.#spent : add(this.#spent, messages.at(-1));
    const turns = messages.filter((message) => message.type === 'ai');
    const output = turns.at(-1) ?? new AIMessage('');
    const pending = output.tool_calls.filter(({ id = '' }) => this.#pendingIds.has(id));
    return { messages, output, steps: turns.length, pending, ...(usage && { usage }) };
  }

  /** The state of an agent that was cancelled or failed: calls without a result are answered. */
  get closed(): AgentState {
    const { state } = this;
    return { ...state, messages: closeCalls(state.messages, 'the run was stopped before') };
  }

  get whole(): AgentResult {
    const answer = this.#answer;
    const { state } = this;
    return {
      ...state,
      finish: this.#finishOf(state),
      ...(answer === undefined ? {} : { structured: answer.artifact }),
    };
  }

  /** Whether the model has to be called again, apart from limits. */
  wouldGoOn(state: AgentState): boolean {
    const { output } = state;
    if (this.#answer !== undefined) return false;
    return isPaused(output) || openCalls(output).length > 0 || this.#owes(state);
  }

  /** How many more calls may be run. */
  callsLeft(state: AgentState): number {
    const { maxCalls } = this.#limits;
    return maxCalls === Infinity ? maxCalls : maxCalls - this.#callsIn(state);
  }

  exceeds(state: AgentState): boolean {
    const { maxCallsPerTurn } = this.#limits;
    return this.callsLeft(state) < 0 || this.limitedCalls(state.output).length > maxCallsPerTurn;
  }

  /** The calls of a message that count against the limits; the call that gives the answer does not. */
  limitedCalls(message: AIMessage): ReturnType<typeof openCalls> {
    const calls = openCalls(message);
    return this.#limits.byCall === true ? calls.filter(({ name }) => name !== ANSWER_TOOL) : calls;
  }

  #callsIn({ messages }: AgentState): number {
    return messages.reduce(
      (sum, message) => sum + (message.type === 'ai' ? this.limitedCalls(message).length : 0),
      0,
    );
  }

  /** Whether the model ended with text although it has to answer by a call, and was not asked for the call yet. */
  get owesAnswer(): boolean {
    return this.#owes(this.state);
  }

  #owes({ messages, output }: AgentState): boolean {
    if (this.#limits.byCall !== true || this.#answer !== undefined) return false;
    if (messages.at(-1) !== output || !endsWithWords(output)) return false;
    const before = messages.at(-2);
    return before?.type !== 'ai' || !endsWithWords(before);
  }

  get #answer(): ToolMessage | undefined {
    return this.#settled.find(
      (message): message is ToolMessage => message.type === 'tool' && isAnswer(message),
    );
  }

  #finishOf(state: AgentState): AgentResult['finish'] {
    if (state.pending.length > 0) return 'pending';
    if (!this.wouldGoOn(state)) return 'done';
    if (this.exceeds(state)) return 'max_calls';
    return state.steps < this.#limits.maxSteps ? 'stop_when' : 'max_steps';
  }

  #settleTurn(): void {
    if (this.#turn === undefined) return;
    const { whole } = this.#turn;
    this.#settled.push(whole);
    this.#spent = add(this.#spent, whole);
    this.#turn = undefined;
  }
}

function add(
  sum: UsageMetadata | undefined,
  message: AIMessage | ToolMessage | undefined,
): UsageMetadata | undefined {
  const next = message?.type === 'ai' ? message.usage_metadata : undefined;
  if (next === undefined || sum === undefined) return next ?? sum;
  return replaceUsage(sum, undefined, next);
}

/** Whether the model ended its turn normally and without calls. */
function endsWithWords({ finish_reason, tool_calls, invalid_tool_calls }: AIMessage): boolean {
  const itself = finish_reason === undefined || finish_reason === 'stop';
  return itself && tool_calls.length === 0 && invalid_tool_calls.length === 0;
}
