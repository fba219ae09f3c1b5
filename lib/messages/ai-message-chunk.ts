import { ACCUMULATOR } from '../core/fold-chunks.js';
import { AIMessage, type AIMessageFields } from './ai-message.js';
import type { CallPiece } from './call-numbers.js';
import { MessageAccumulator } from './internal/message-accumulator.js';
import type { ToolCallChunk } from './tool-call.js';

/** What a chunk of an AI message may be made with. */
export interface AIMessageChunkFields extends AIMessageFields {
  /** Pieces without an `index` are distinguished by `id`; a model's stream numbers them. */
  readonly tool_call_chunks?: readonly CallPiece[] | undefined;
}

const NO_CHUNKS: readonly never[] = Object.freeze([]);

/**
 * A piece of what the model says, as it comes. `foldMessages` makes the message of all of them.
 *
 * `content` is a string while the message is one uncited text; from its first other block on it is an array of
 * pieces, each with the `index` of the block it belongs to.
 *
 * @example
 * new AIMessageChunk('gold').text // => 'gold'
 */
export class AIMessageChunk extends AIMessage {
  declare readonly tool_call_chunks: readonly ToolCallChunk[];

  constructor(fields: string | AIMessageChunkFields, id?: string) {
    super(fields, id);
    const pieces = typeof fields === 'string' ? undefined : fields.tool_call_chunks;
    this.tool_call_chunks = (pieces as readonly ToolCallChunk[] | undefined) ?? NO_CHUNKS;
  }

  [ACCUMULATOR](): MessageAccumulator {
    return new MessageAccumulator();
  }
}
