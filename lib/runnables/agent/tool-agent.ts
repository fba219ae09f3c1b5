import {
  BehaviorSubject,
  concat,
  defaultIfEmpty,
  defer,
  EMPTY,
  from,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
  tap,
} from 'rxjs';
import { accumulate } from '../../core/fold-chunks.js';
import type { RunConfig } from '../../core/run-config.js';
import { RunInput } from '../../core/run-input.js';
import { Runnable } from '../../core/runnable.js';
import { runWhole$ } from '../../core/run/run-lifecycle.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { approvalIn } from '../../messages/internal/approval-of.js';
import { isApprovedCall } from '../../messages/approved-call.js';
import { coerceMessages, type MessagesInput } from '../../messages/coerce-messages.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { ChatModel } from '../../models/chat-model.js';
import { orderedMap } from '../../operators/ordered-map.js';
import { AgentAccumulator, type AgentResult, type AgentState } from './agent-result.js';
import { AgentTurns } from './agent-turns.js';
import { answerTool } from './answer-tool.js';
import { CallRunner } from './call-runner.js';
import { EagerCalls } from './eager-calls.js';
import { callsOf, notRun, openCalls, whyNotRun } from './unanswered-calls.js';
import { checkRunToolsOptions, type RunToolsOptions } from './run-tools-options.js';
import type { AgentTool, Toolbox } from './toolbox.js';

/** The call options of an agent: the context of its tools, if they declare one. */
export type AgentCallOptions<Ctx> = unknown extends Ctx ? unknown : { readonly context: Ctx };

type Chunk = AIMessageChunk | ToolMessage;

/** A model and its tools, turn by turn, see {@link runTools}. */
export class ToolAgent<T = unknown, Ctx = unknown> extends Runnable<
  MessagesInput,
  AgentResult<T>,
  Chunk,
  AgentCallOptions<Ctx>
> {
  static override readonly lcName = 'ToolAgent';
  override readonly fold: OperatorFunction<never, AgentResult<T>>;
  readonly #turns: AgentTurns;
  readonly #options: ReturnType<typeof checkRunToolsOptions<never>>;

  constructor(model: ChatModel, tools: readonly AgentTool[], options: RunToolsOptions<never> = {}) {
    super();
    this.#options = checkRunToolsOptions(options);
    const { responseFormat } = options;
    const answer = responseFormat === undefined ? undefined : answerTool(responseFormat);
    this.#turns = new AgentTurns(model, tools, answer, options);
    this.fold = accumulate(() => this.#accumulator()) as OperatorFunction<never, AgentResult<T>>;
  }

  override checkInput(input: MessagesInput): void {
    coerceMessages(input);
  }

  override run$(input: RunInput<MessagesInput>, config: RunConfig): Observable<Chunk> {
    return runWhole$(this, input, config, (given, run) => {
      const asked = coerceMessages(given);
      const agent = this.#accumulator();
      let steps = 0;
      let over = false;
      run.whole = () => (over ? agent.whole : agent.closed);
      const turn$ = defer(() => {
        steps += 1;
        const { state, owesAnswer } = agent;
        const own = run.configFor();
        return this.#turns.turn$({ asked, state, step: steps, owesAnswer }, own).pipe(
          mergeMap(({ model, messages, tools }) => {
            const message$ = defer(() => model.run$(RunInput.of(messages), run.configFor())).pipe(
              defaultIfEmpty(new AIMessageChunk('')),
            );
            const eager = this.#eagerCalls(agent, tools, run.configFor());
            const answers$ = defer(() => this.#answers$(agent, tools, run.configFor(), eager));
            return eager === undefined
              ? concat(message$, answers$)
              : eager.during(concat(message$.pipe(eager.watch()), answers$));
          }),
        );
      });
      const goesOn = (state: AgentState) =>
        agent.wouldGoOn(state) &&
        state.pending.length === 0 &&
        !agent.exceeds(state) &&
        steps < this.#options.maxSteps &&
        this.#options.stopWhen?.(state) !== true;
      const turns = new BehaviorSubject(undefined);
      const next$ = defer(() => {
        over = !goesOn(agent.state);
        if (over) turns.complete();
        else turns.next(undefined);
        return EMPTY;
      });
      const kept = tap<Chunk>((chunk) => {
        agent.add(chunk);
      });
      return concat(
        defer(() => this.#decided$(asked, run.configFor())).pipe(kept),
        // Not by `repeat`, which recurses for each turn that completes synchronously.
        turns.pipe(orderedMap(() => concat(turn$.pipe(kept), next$), 1)),
      );
    });
  }

  #accumulator(): AgentAccumulator {
    const { maxSteps, maxCalls, maxCallsPerTurn, responseFormat } = this.#options;
    const byCall = responseFormat !== undefined;
    return new AgentAccumulator({ maxSteps, maxCalls, maxCallsPerTurn, byCall });
  }

  /** The answers to all calls of the completed turn, including those that may not be run. */
  #answers$(
    agent: AgentAccumulator,
    tools: Toolbox,
    config: RunConfig,
    eager: EagerCalls | undefined,
  ): Observable<ToolMessage> {
    const { state } = agent;
    const { maxCallsPerTurn, concurrency } = this.#options;
    const calls = openCalls(state.output);
    if (calls.length === 0) {
      eager?.drop();
      const why = whyNotRun(state.output);
      return from(callsOf(state.output).map((call) => notRun(call, why)));
    }
    const limited = agent.limitedCalls(state.output);
    const run = Math.min(maxCallsPerTurn, limited.length + agent.callsLeft(state));
    const tooMany = new Set(limited.slice(Math.max(0, run)));
    const runner = this.#runner(tools);
    const answer$ = (call: ToolCall | InvalidToolCall) =>
      eager === undefined ? runner.answer$(call, config) : eager.result$(call);
    return from(calls).pipe(
      orderedMap(
        (call) =>
          tooMany.has(call)
            ? of(notRun(call, 'there were more calls than are allowed'))
            : answer$(call),
        // Eager calls have their own limit.
        eager === undefined ? concurrency : Infinity,
      ),
    );
  }

  /** Starts calls while the message is still streaming; a call that needs approval waits for it. */
  #eagerCalls(agent: AgentAccumulator, tools: Toolbox, config: RunConfig): EagerCalls | undefined {
    const { eager, approve, concurrency, maxCallsPerTurn } = this.#options;
    if (!eager || approve !== undefined) return undefined;
    const runner = this.#runner(tools);
    return new EagerCalls({
      answer$: (call) => runner.answer$(call, config),
      isFree: ({ name }) => tools.run.get(name)?.effectFree === true,
      concurrency,
      maxCalls: Math.min(maxCallsPerTurn, agent.callsLeft(agent.state)),
    });
  }

  /** Answers calls of the history that were decided since: denials are passed on, approved calls are run. */
  #decided$(asked: readonly AnyMessage[], config: RunConfig): Observable<ToolMessage> {
    const at = asked.findLastIndex(({ type }) => type !== 'tool');
    const last = asked[at];
    if (last?.type !== 'ai') return EMPTY;
    const results = asked.slice(at + 1) as readonly ToolMessage[];
    const denied = results.filter((result) => approvalIn(result) === 'denied_before');
    const answered = new Set(results.map(({ tool_call_id }) => tool_call_id));
    const calls = last.tool_calls.filter(
      (call: ToolCall) => isApprovedCall(call) && !answered.has(call.id ?? ''),
    );
    const runner = this.#runner(this.#turns.tools);
    return concat(
      from(denied),
      from(calls).pipe(
        orderedMap((call) => runner.answer$(call, config), this.#options.concurrency),
      ),
    );
  }

  #runner(tools: Toolbox): CallRunner {
    return new CallRunner(tools, this.#options);
  }
}
