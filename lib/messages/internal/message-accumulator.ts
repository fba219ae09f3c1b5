import type { Accumulator } from '../../core/fold-chunks.js';
import type { AIMessage } from '../ai-message.js';
import type { InvalidToolCall, ToolCall } from '../tool-call.js';
import { MessageBuilder, type Chunk } from './message-builder.js';

/**
 * @internal The one fold of messages: chunks in, their message out.
 *
 * A chunk of another id than the ones before begins anew: a restarted attempt doubles no text.
 */
export class MessageAccumulator implements Accumulator<Chunk, AIMessage> {
  #id: string | undefined;
  #message = new MessageBuilder();

  add(chunk: Chunk): void {
    if (chunk.id !== this.#id && chunk.id !== undefined) this.#begin(chunk.id);
    this.#message.add(chunk);
  }

  /** Whether calls have come in pieces. */
  get growsCalls(): boolean {
    return this.#message.growsCalls;
  }

  get whole(): AIMessage {
    return this.#message.build(this.#id);
  }

  /** The calls that no chunk has declared complete, as `MessageBuilder` settles them. */
  settle(): (ToolCall | InvalidToolCall)[] {
    return this.#message.settle();
  }

  #begin(id: string): void {
    // The first id names what came without one; only a second one begins another message.
    if (this.#id !== undefined) this.#message = new MessageBuilder();
    this.#id = id;
  }
}
