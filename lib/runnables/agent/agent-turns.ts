import { map, type Observable } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { coerceMessages } from '../../messages/coerce-messages.js';
import { HumanMessage } from '../../messages/human-message.js';
import { SystemMessage } from '../../messages/system-message.js';
import type { ChatModel } from '../../models/chat-model.js';
import { isChatModel } from '../../models/internal/is-chat-model.js';
import type { StructuredTool } from '../../tools/structured-tool.js';
import type { AgentState } from './agent-result.js';
import { optional$ } from '../internal/optional.js';
import type { HookConfig, PreparedStep, RunToolsOptions } from './run-tools-options.js';
import { type AgentTool, toolbox, type Toolbox } from './toolbox.js';

/** @internal The model, tools and messages of one turn. */
export interface Turn {
  readonly model: ChatModel;
  readonly messages: readonly AnyMessage[];
  readonly tools: Toolbox;
}

/** @internal The input of a turn. */
export interface TurnInput {
  readonly asked: readonly AnyMessage[];
  readonly state: AgentState;
  readonly step: number;
  /** Whether the model has to be asked for its answer. */
  readonly owesAnswer: boolean;
}

/** @internal Makes the turns of an agent: its model with its tools, or the changes that `prepareStep` returns for a turn. */
export class AgentTurns {
  /** The agent's own tools. */
  readonly tools: Toolbox;
  readonly #model: ChatModel;
  readonly #bound: ChatModel;
  readonly #answerTool: StructuredTool<never, unknown> | undefined;
  readonly #options: Pick<RunToolsOptions<never>, 'prepareStep' | 'systemPrompt'>;

  constructor(
    model: ChatModel,
    tools: readonly AgentTool[],
    answerTool: StructuredTool<never, unknown> | undefined,
    options: Pick<RunToolsOptions<never>, 'prepareStep' | 'systemPrompt'>,
  ) {
    checkModel(model);
    this.#answerTool = answerTool;
    this.tools = this.#boxOf(tools);
    this.#model = model;
    this.#bound = model.bindTools(this.tools.offered);
    this.#options = options;
  }

  turn$(input: TurnInput, config: RunConfig): Observable<Turn> {
    const { asked, state, step } = input;
    const { prepareStep } = this.#options;
    const messages = [...asked, ...state.messages];
    const model = this.#model;
    const { tools } = this;
    return optional$(() =>
      prepareStep?.(
        { step, messages, state, model, tools: tools.offered },
        config as HookConfig<never>,
      ),
    ).pipe(map((prepared = {}) => this.#turnOf(messages, input.owesAnswer, prepared)));
  }

  #turnOf(given: readonly AnyMessage[], owesAnswer: boolean, prepared: PreparedStep<never>): Turn {
    const { toolChoice, model = this.#model } = prepared;
    const { systemPrompt = this.#options.systemPrompt } = prepared;
    const own = prepared.messages === undefined ? given : coerceMessages(prepared.messages);
    const system =
      typeof systemPrompt === 'string' ? new SystemMessage(systemPrompt) : systemPrompt;
    const messages = [
      ...(system === undefined ? [] : [system]),
      ...own,
      ...(owesAnswer ? [new HumanMessage(`Call ${this.#answerTool?.name ?? ''} now.`)] : []),
    ];
    const tools =
      prepared.tools === undefined ? this.tools : this.#boxOf(this.#named(prepared.tools));
    if (tools === this.tools && model === this.#model && toolChoice === undefined)
      return { model: this.#bound, messages, tools };
    checkModel(model);
    const options = toolChoice === undefined ? {} : { toolChoice };
    return { model: model.bindTools(tools.offered, options), messages, tools };
  }

  #boxOf(tools: readonly AgentTool[]): Toolbox {
    const answerTool = this.#answerTool;
    return toolbox(
      answerTool === undefined || tools.includes(answerTool) ? tools : [...tools, answerTool],
    );
  }

  #named(tools: readonly (AgentTool | string)[]): readonly AgentTool[] {
    return tools.map((tool) => {
      if (typeof tool !== 'string') return tool;
      const found = this.tools.offered.find(({ name }) => name === tool);
      if (found === undefined)
        throw new TypeError(`prepareStep: the agent has no tool ${describeValue(tool)}`);
      return found;
    });
  }
}

function checkModel(model: unknown): void {
  if (!isChatModel(model))
    throw new TypeError(`runTools takes a chat model, got ${describeValue(model)}`);
}
