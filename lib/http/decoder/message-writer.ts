import { AIMessageChunk, type AIMessageChunkFields } from '../../messages/ai-message-chunk.js';
import type { ContentBlock } from '../../messages/content.js';
import type { ToolCallChunk } from '../../messages/tool-call.js';
import type { DecoderContext } from './stream-decoder.js';

/**
 * Writes the chunks of one message whose wire has no blocks: a block begins where the kind of content changes.
 * Content is a string as long as the message is one text without citations.
 */
export class MessageWriter {
  readonly #messageId: string;
  readonly #emit: (chunk: AIMessageChunk) => void;
  readonly #from: Readonly<Record<string, unknown>>;
  readonly #scrub: DecoderContext['scrub'];
  #plain = true;
  #kind = '';
  #index = -1;
  /** The block of the last text that says something. */
  #lastText: number | undefined;

  constructor({ messageId, provider, emit, scrub }: DecoderContext) {
    this.#scrub = scrub;
    this.#messageId = messageId;
    this.#emit = emit;
    this.#from = Object.freeze({ model_provider: provider });
  }

  text(text: string): void {
    if (text === '') return;
    this.#lastText = this.#open('text');
    this.textAt(this.#lastText, text);
  }

  /** A piece of a block of a kind, appended to the one before it if that is of the same kind. */
  piece(kind: string, fields: Readonly<Record<string, unknown>>): void {
    this.at(this.#open(kind), kind, fields);
  }

  /** A whole block. */
  block(block: ContentBlock): void {
    this.#kind = '';
    this.piece(block.type, block);
    if (block.type === 'text' && block['text'] !== '') this.#lastText = this.#index;
    this.#kind = '';
  }

  /** Citations of the text so far: of its last block. */
  citations(citations: readonly unknown[]): void {
    this.at(this.#lastText ?? this.#open('text'), 'text', { text: '', citations });
  }

  /** The index of a block that begins here, for a wire that numbers its blocks. */
  reserve(): number {
    this.#kind = '';
    this.#index += 1;
    return this.#index;
  }

  /** More text of the block at an index. */
  textAt(index: number, text: string): void {
    if (this.#plain && index === 0) this.#emit(new AIMessageChunk(text, this.#messageId));
    else this.#write({ index, type: 'text', text });
  }

  /** A piece of the block at an index. */
  at(index: number, kind: string, fields: Readonly<Record<string, unknown>>): void {
    this.#write({ ...fields, index, type: kind });
  }

  call(chunk: ToolCallChunk): void {
    this.#emit(
      new AIMessageChunk({
        id: this.#messageId,
        content: this.#empty,
        response_metadata: this.#from,
        tool_call_chunks: [chunk],
      }),
    );
  }

  fields(
    fields: Omit<AIMessageChunkFields, 'content'>,
    content: readonly ContentBlock[] = [],
  ): void {
    const { response_metadata } = fields;
    if (content.length > 0) this.#plain = false;
    this.#emit(
      new AIMessageChunk({
        ...fields,
        id: this.#messageId,
        content: content.length > 0 ? content : this.#empty,
        response_metadata: {
          ...this.#from,
          ...(this.#scrub(response_metadata ?? {}) as typeof response_metadata),
        },
      }),
    );
  }

  get #empty(): '' | ContentBlock[] {
    return this.#plain ? '' : [];
  }

  #open(kind: string): number {
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.#index += 1;
    }
    return this.#index;
  }

  #write(piece: ContentBlock): void {
    this.#plain = false;
    this.#emit(
      new AIMessageChunk({ id: this.#messageId, content: [piece], response_metadata: this.#from }),
    );
  }
}
