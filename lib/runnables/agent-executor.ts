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
  take,
  tap,
} from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import { accumulate } from '../core/fold-chunks.js';
import { reportTeardown } from '../core/report-teardown.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { type OpenRun, runWhole$ } from '../core/tell.js';
import { ToolError } from '../errors/tool-error.js';
import { AIMessageChunk } from '../messages/ai-message-chunk.js';
import { coerceMessages, type MessagesInput } from '../messages/coerce-messages.js';
import type { InvalidToolCall, ToolCall } from '../messages/tool-call.js';
import type { ToolMessage } from '../messages/tool-message.js';
import type { ChatModel } from '../models/chat-model.js';
import { isChatModel } from '../models/is-chat-model.js';
import { orderedMap } from '../operators/ordered-map.js';
import type { StructuredTool } from '../tools/structured-tool.js';
import { toolFailure } from '../tools/tool-result.js';
import { AgentAccumulator, type AgentResult, type AgentState, wouldGoOn } from './agent-result.js';
import { openCalls } from './open-calls.js';
import { type Approval, checkRunToolsOptions, type RunToolsOptions } from './run-tools-options.js';
import { type AgentTool, toolsByName } from './tools-by-name.js';

/** A model and its tools, turn by turn, see {@link runTools}. */
export class AgentExecutor extends Runnable<
  MessagesInput,
  AgentResult,
  AIMessageChunk | ToolMessage
> {
  static override readonly lcName = 'AgentExecutor';
  override readonly fold: OperatorFunction<never, AgentResult>;
  private readonly model: ChatModel;
  private readonly tools: ReadonlyMap<string, StructuredTool<never, unknown>>;
  private readonly options: ReturnType<typeof checkRunToolsOptions>;

  constructor(model: ChatModel, tools: readonly AgentTool[], options: RunToolsOptions = {}) {
    super();
    if (!isChatModel(model))
      throw new TypeError(`runTools takes a chat model, got ${describeValue(model)}`);
    this.tools = toolsByName(tools);
    this.model = model.bindTools(tools);
    this.options = checkRunToolsOptions(options);
    const { maxSteps } = this.options;
    this.fold = accumulate(() => new AgentAccumulator(maxSteps));
  }

  override checkInput(input: MessagesInput): void {
    coerceMessages(input);
  }

  override run$(
    input: RunInput<MessagesInput>,
    config: RunConfig,
  ): Observable<AIMessageChunk | ToolMessage> {
    const { maxSteps, concurrency, stopWhen } = this.options;
    return runWhole$(this, input, config, (given, run) => {
      const asked = coerceMessages(given);
      const agent = new AgentAccumulator(maxSteps);
      let steps = 0;
      let over = false;
      run.whole = () => (over ? agent.whole : agent.state);
      const turn$ = defer(() => {
        steps += 1;
        const messages = [...asked, ...agent.state.messages];
        return this.model.run$(RunInput.of(messages), run.configFor());
      }).pipe(defaultIfEmpty(new AIMessageChunk('')));
      const results$ = defer(() => from(openCalls(agent.state.output))).pipe(
        orderedMap((call) => this.answer$(call, run), concurrency),
      );
      const goesOn = (state: AgentState) =>
        wouldGoOn(state) && steps < maxSteps && stopWhen?.(state) !== true;
      const turns = new BehaviorSubject(undefined);
      const next$ = defer(() => {
        over = !goesOn(agent.state);
        if (over) turns.complete();
        else turns.next(undefined);
        return EMPTY;
      });
      const answered$ = concat(turn$, results$).pipe(
        tap((chunk) => {
          agent.add(chunk);
        }),
      );
      // Not by `repeat`, which goes one deeper for each turn that is over at once.
      return turns.pipe(orderedMap(() => concat(answered$, next$), 1));
    });
  }

  /** A call that cannot or may not be run is answered as well: the model goes on from answers to all of its calls. */
  private answer$(call: ToolCall | InvalidToolCall, run: OpenRun): Observable<ToolMessage> {
    if (call.type === 'invalid_tool_call')
      return of(toolFailure(call, `The call was not run. ${call.error}`));
    const tool = this.tools.get(call.name);
    if (tool === undefined) return of(toolFailure(call, this.unknownTool(call.name).message));
    const config = run.configFor();
    // Given a call, a tool gives a message.
    const result$ = tool.run$(RunInput.of(call), config) as Observable<ToolMessage>;
    const { approve } = this.options;
    if (approve === undefined) return result$;
    return defer(() => approve(call, config)).pipe(
      reportTeardown(),
      take(1),
      defaultIfEmpty(false),
      mergeMap((decision) => {
        const { approved, reason = '' } = asObject(decision);
        return approved ? result$ : of(toolFailure(call, `The call was denied. ${reason}`.trim()));
      }),
    );
  }

  private unknownTool(name: string): ToolError {
    const known = [...this.tools.keys()].join(', ');
    const message = `There is no tool ${describeValue(name)}. The tools are: ${known}`;
    return new ToolError(message, { code: 'unknown_tool', tool: name });
  }
}

function asObject(decision: Approval): Exclude<Approval, boolean> {
  return typeof decision === 'boolean' ? { approved: decision } : decision;
}
