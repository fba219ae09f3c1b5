import type { Accumulator } from '../../core/fold-chunks.js';
import type { ParseError } from '../../errors/parse-error.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { MessageAccumulator } from '../../messages/internal/message-accumulator.js';

/** Structured output with the message that it was read from. */
export interface RawOutput<T> {
  readonly raw: AIMessage;
  /** The validated value; `null` if the answer is invalid. */
  readonly parsed: T | null;
  /** Why the answer is invalid. */
  readonly parsing_error?: ParseError;
}

/** A chunk of {@link RawOutput}: a chunk of the message, the value so far, or the error of the answer. */
export type RawChunk<P> =
  | { readonly raw: AIMessageChunk }
  | { readonly parsed: P }
  | { readonly parsing_error: ParseError };

/** @internal The fold of these chunks. */
export class RawAccumulator<T> implements Accumulator<RawChunk<T>, RawOutput<T>> {
  readonly #message = new MessageAccumulator();
  #result: Omit<RawOutput<T>, 'raw'> = { parsed: null };

  add(chunk: RawChunk<T>): void {
    if ('raw' in chunk) this.#message.add(chunk.raw);
    else this.#result = { parsed: null, ...chunk };
  }

  get whole(): RawOutput<T> {
    return { raw: this.#message.whole, ...this.#result };
  }
}
