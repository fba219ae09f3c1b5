import type { Observable } from 'rxjs';
import type { BatchConfig, BatchItem } from '../../core/batch.js';
import type { RunConfig } from '../../core/run-config.js';
import type { RunInput } from '../../core/run-input.js';
import type { Runnable } from '../../core/runnable.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import { ChatModel } from '../chat-model.js';
import type { CallOptionRules } from '../merge-call-options.js';
import type { ModelCallOptions } from '../model-call-options.js';

/**
 * @internal A runnable that wraps chat models, as a chat model. Its runs are those of the runnable, which passes the call
 * options on to the inner models.
 */
export class WrappedChatModel<X extends ModelCallOptions> extends ChatModel<X> {
  readonly #runnable: Runnable<MessagesInput, AIMessage, AIMessageChunk, X>;

  readonly #models: readonly [ChatModel<X>, ...ChatModel<X>[]];

  constructor(
    runnable: Runnable<MessagesInput, AIMessage, AIMessageChunk, X>,
    models: readonly [ChatModel<X>, ...ChatModel<X>[]],
  ) {
    super();
    this.#runnable = runnable;
    this.#models = models;
  }

  override get callOptionRules(): CallOptionRules | undefined {
    return this.#models[0].callOptionRules;
  }

  override optionsFor(call?: Partial<X>): ModelCallOptions {
    return this.#models[0].optionsFor(call);
  }

  /** Throws a `TypeError` for call options that one of the inner models does not have. */
  override checkOptions(options: Partial<X>): void {
    for (const model of this.#models) model.checkOptions(options);
  }

  override get name(): string {
    return this.#runnable.name;
  }

  override run$(input: RunInput<MessagesInput>, config: RunConfig & X): Observable<AIMessageChunk> {
    return this.#runnable.run$(input, config);
  }

  override batch$(
    inputs: readonly MessagesInput[],
    config?: BatchConfig<X>,
  ): Observable<BatchItem<AIMessage>> {
    return this.#runnable.batch$(inputs, config as RunConfig & X);
  }

  override checkConfig(config: RunConfig & X): void {
    this.#runnable.checkConfig(config);
  }

  override checkInput(input: MessagesInput): void {
    this.#runnable.checkInput(input);
  }
}
