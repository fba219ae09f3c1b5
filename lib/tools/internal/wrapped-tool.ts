import type { Observable } from 'rxjs';
import type { BatchConfig, BatchItem } from '../../core/batch.js';
import type { RunConfig } from '../../core/run-config.js';
import type { RunInput } from '../../core/run-input.js';
import { isRunnable, Runnable } from '../../core/runnable.js';
import type { ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { answered$, StructuredTool } from '../structured-tool.js';

/** A runnable that wraps a tool. */
type Wrapper<I, O> = Runnable<I | ToolCall, O | ToolMessage>;

/** @internal Whether a value is a tool made by `tool` (of any copy of the package) or a wrapped one. */
export function isStructuredTool(value: unknown): value is StructuredTool<unknown, unknown> {
  return isRunnable(value) && value.runType === 'tool' && 'unanswered$' in value;
}

/**
 * @internal A wrapped tool as a tool: models see the inner tool, and its runs are those of the wrapper. `answering` is the
 * wrapper around the tool that answers failed calls.
 */
export class WrappedTool<in I, out O> extends StructuredTool<I, O> {
  readonly #runnable: Wrapper<I, O>;
  readonly #answering: Wrapper<I, O> | undefined;

  constructor(tool: StructuredTool<I, O>, runnable: Wrapper<I, O>, answering?: Wrapper<I, O>) {
    super(tool.options);
    this.#runnable = runnable;
    this.#answering = answering;
  }

  override run$(input: RunInput<I | ToolCall>, config: RunConfig): Observable<O | ToolMessage> {
    return this.#answering === undefined
      ? answered$(input, (given) => this.unanswered$(given, config))
      : this.#answering.run$(input, config);
  }

  override unanswered$(
    input: RunInput<I | ToolCall>,
    config: RunConfig,
  ): Observable<O | ToolMessage> {
    return this.#runnable.run$(input, config);
  }

  override batch$(
    inputs: readonly (I | ToolCall)[],
    config?: BatchConfig<unknown>,
  ): Observable<BatchItem<O | ToolMessage>> {
    return this.#runnable.batch$(inputs, config as RunConfig);
  }
}

/** @internal A tool whose calls may fail, so that retries and fallbacks see the failure. */
export class UnansweredTool<in I, out O> extends Runnable<I | ToolCall, O | ToolMessage> {
  override readonly runType = 'tool';
  override readonly fold;
  readonly #tool: StructuredTool<I, O>;

  constructor(tool: StructuredTool<I, O>) {
    super();
    this.#tool = tool;
    this.fold = tool.fold;
  }

  override get name(): string {
    return this.#tool.name;
  }

  override run$(input: RunInput<I | ToolCall>, config: RunConfig): Observable<O | ToolMessage> {
    return this.#tool.unanswered$(input, config);
  }
}
