import { AIMessageChunk, type AIMessageChunkFields } from '../../messages/ai-message-chunk.js';
import type { ContentBlock } from '../../messages/content.js';
import { PROVIDER } from '../internal/errors.js';

/** Array-mode chunks say whose they are, as LangChain's do. */
export const FROM_PROVIDER = Object.freeze({ model_provider: PROVIDER });

/**
 * @internal Makes the chunks of one message: its id on each, and strings for content as long as it is one uncited text.
 */
export class MessageChunks {
  readonly #messageId: string;
  readonly #emit: (chunk: AIMessageChunk) => void;
  #plain = true;

  constructor(messageId: string, emit: (chunk: AIMessageChunk) => void) {
    this.#messageId = messageId;
    this.#emit = emit;
  }

  /** Content that adds nothing, in the message's own way. */
  get empty(): '' | ContentBlock[] {
    return this.#plain ? '' : [];
  }

  text(index: number, text: string): void {
    if (this.#plain && index === 0) this.#emit(new AIMessageChunk(text, this.#messageId));
    else this.piece({ index, type: 'text', text });
  }

  /** A piece of a block that is more than text. */
  piece(piece: ContentBlock, tool_call_chunks?: AIMessageChunkFields['tool_call_chunks']): void {
    this.#plain = false;
    // Field by field: a spread costs a delta of thinking or of a tool's input twice as much as all the rest.
    this.#emit(
      new AIMessageChunk({
        id: this.#messageId,
        content: [piece],
        response_metadata: FROM_PROVIDER,
        tool_call_chunks,
      }),
    );
  }

  /** What a tool's input has come to: from here on content is an array, though there be nothing in it. */
  call(fields: AIMessageChunkFields): void {
    this.#plain = false;
    this.fields({
      ...fields,
      response_metadata: { ...FROM_PROVIDER, ...fields.response_metadata },
    });
  }

  fields(fields: AIMessageChunkFields): void {
    this.#emit(new AIMessageChunk({ ...fields, id: this.#messageId }));
  }
}
