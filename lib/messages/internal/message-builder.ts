import { GrowingText } from '../../core/internal/growing-text.js';
import { AIMessage } from '../ai-message.js';
import { BlockAccumulator } from './block-accumulator.js';
import { CallNumbers } from '../call-numbers.js';
import type { ContentBlock, MessageContent } from '../content.js';
import type { FinishReason } from '../finish-reason.js';
import { NONE } from '../message.js';
import { settleToolCall } from './read-tool-calls.js';
import { setOwn } from './set-own.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../tool-call.js';
import type { UsageMetadata } from '../usage-metadata.js';

/**
 * @internal Builds one message of its chunks, at a cost per chunk that does not grow. Chunks are never changed, and a
 * message that was read does not change with later chunks.
 */
export class MessageBuilder {
  #name: string | undefined;
  /** The text of a message that is one uncited text so far. */
  #text = new GrowingText();
  /** The blocks by index, from the first piece on that is not plain text. */
  #blocks: Map<number, BlockAccumulator> | undefined;
  #lastIndex = -1;
  /** The calls by number, as their pieces come. */
  #growing: Map<number, GrowingCall> | undefined;
  #numbers: CallNumbers | undefined;
  #toolCalls: ToolCall[] = [];
  #invalidToolCalls: InvalidToolCall[] = [];
  #usage: UsageMetadata | undefined;
  #finish: FinishReason | undefined;
  #kwargs: Record<string, unknown> = {};
  #metadata: Record<string, unknown> = {};

  add(chunk: Chunk): void {
    this.#addContent(chunk.content);
    if (chunk.usage_metadata !== undefined) this.#usage = chunk.usage_metadata;
    if (chunk.finish_reason !== undefined) this.#finish = chunk.finish_reason;
    if (chunk.name !== undefined) this.#name = chunk.name;
    // Most chunks are text and nothing else: an iterator over nothing would cost them more than the text does.
    if (chunk.tool_call_chunks.length > 0)
      chunk.tool_call_chunks.forEach((piece) => {
        this.#addCall(piece);
      });
    if (chunk.tool_calls.length > 0) chunk.tool_calls.forEach((call) => this.#toolCalls.push(call));
    if (chunk.invalid_tool_calls.length > 0) {
      chunk.invalid_tool_calls.forEach((call) => this.#invalidToolCalls.push(call));
    }
    if (chunk.additional_kwargs !== NONE) assignOwn(this.#kwargs, chunk.additional_kwargs);
    if (chunk.response_metadata !== NONE) assignOwn(this.#metadata, chunk.response_metadata);
  }

  /** Whether calls have come in pieces. */
  get growsCalls(): boolean {
    return this.#growing !== undefined;
  }

  /** The message so far, with this id. */
  build(id: string | undefined): AIMessage {
    return new AIMessage({
      content: this.#content,
      id,
      name: this.#name,
      additional_kwargs: { ...this.#kwargs },
      response_metadata: { ...this.#metadata },
      tool_calls: [...this.#toolCalls],
      invalid_tool_calls: [
        ...this.#invalidToolCalls,
        ...this.#unfinished().map((call) => invalid(call, 'The call was not finished.')),
      ],
      usage_metadata: this.#usage,
      finish_reason: this.#finish,
    });
  }

  get #content(): MessageContent {
    if (this.#blocks === undefined) return this.#text.whole;
    return [...this.#blocks].sort(([a], [b]) => a - b).map(([, block]) => block.whole);
  }

  #addContent(content: MessageContent): void {
    if (typeof content !== 'string') {
      for (const piece of content) this.#addPiece(piece);
    } else if (this.#blocks === undefined) {
      this.#text.add(content);
    } else if (content !== '') {
      const open = this.#blocks.get(this.#lastIndex)?.isText === true;
      const index = open ? this.#lastIndex : this.#lastIndex + 1;
      this.#addPiece({ type: 'text', text: content, index });
    }
  }

  /** A piece without an index is a block of its own, after those before it. */
  #addPiece(piece: ContentBlock): void {
    this.#blocks ??= this.#textAsBlock();
    const index = typeof piece['index'] === 'number' ? piece['index'] : this.#lastIndex + 1;
    this.#blockAt(index, this.#blocks).add(piece);
  }

  #textAsBlock(): Map<number, BlockAccumulator> {
    const blocks = new Map<number, BlockAccumulator>();
    if (this.#text.length > 0)
      this.#blockAt(0, blocks).add({ type: 'text', text: this.#text.whole });
    return blocks;
  }

  #blockAt(index: number, blocks: Map<number, BlockAccumulator>): BlockAccumulator {
    let block = blocks.get(index);
    if (block === undefined) blocks.set(index, (block = new BlockAccumulator()));
    this.#lastIndex = Math.max(this.#lastIndex, index);
    return block;
  }

  #addCall(piece: ToolCallChunk): void {
    const { id, name, args } = piece;
    this.#growing ??= new Map();
    this.#numbers ??= new CallNumbers();
    const number = this.#numbers.next(piece);
    let call = this.#growing.get(number);
    if (call === undefined) this.#growing.set(number, (call = { args: new GrowingText() }));
    if (id !== undefined) call.id = id;
    if (name !== undefined) call.name = name;
    call.args.add(args);
  }

  /**
   * What the calls come to that no chunk has declared complete, for a message that is complete itself: they are valid if
   * their arguments are strictly JSON.
   */
  settle(): (ToolCall | InvalidToolCall)[] {
    return this.#unfinished().map((call) => {
      const { name, args } = call;
      return name === undefined
        ? invalid(call, 'The call has no name.')
        : settleToolCall({ ...call, name, args: args.whole });
    });
  }

  /** Calls that no chunk has declared complete: kept, and never to be run as they are, however whole they look. */
  #unfinished(): GrowingCall[] {
    if (this.#growing === undefined) return [];
    const settled = new Map<string | undefined, number>();
    for (const { id } of [...this.#toolCalls, ...this.#invalidToolCalls])
      settled.set(id, (settled.get(id) ?? 0) + 1);
    return [...this.#growing.values()].filter(({ id }) => {
      const left = settled.get(id) ?? 0;
      settled.set(id, left - 1);
      return left <= 0;
    });
  }
}

function invalid(call: GrowingCall, error: string): InvalidToolCall {
  return { type: 'invalid_tool_call', ...call, args: call.args.whole, error };
}

/** @internal An `AIMessageChunk`, by its shape: that class imports its fold. */
export interface Chunk extends AIMessage {
  readonly tool_call_chunks: readonly ToolCallChunk[];
}

interface GrowingCall {
  id?: string;
  name?: string;
  args: GrowingText;
}

function assignOwn(target: object, source: Readonly<Record<string, unknown>>): void {
  if (source === NONE) return;
  for (const key of Object.keys(source)) setOwn(target, key, source[key]);
}
