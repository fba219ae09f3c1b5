import type { Accumulator } from '../core/fold-chunks.js';
import { AIMessage } from './ai-message.js';
import { BlockAccumulator } from './block-accumulator.js';
import type { ContentBlock, MessageContent } from './content.js';
import { NONE, type ResponseMetadata } from './message.js';
import { setOwn } from './set-own.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from './tool-call.js';
import type { UsageMetadata } from './usage-metadata.js';

/** What a chunk is to the fold. */
export type MessagePiece = AIMessage & { readonly tool_call_chunks: readonly ToolCallChunk[] };

/**
 * The one fold of messages: chunks in, their message out, at a cost per chunk that does not grow.
 *
 * A chunk of another id than the ones before begins anew: a restarted attempt doubles no text.
 */
export class MessageAccumulator implements Accumulator<MessagePiece, AIMessage> {
  private id: string | undefined;
  private name: string | undefined;
  /** The text of a message that is one uncited text so far. */
  private text = '';
  /** The blocks by index, from the first piece on that is not plain text. */
  private blocks: Map<number, BlockAccumulator> | undefined;
  /** The calls by block index, as their pieces come. */
  private growing: Map<number, GrowingCall> | undefined;
  private toolCalls: ToolCall[] = [];
  private invalidToolCalls: InvalidToolCall[] = [];
  private usage: UsageMetadata | undefined;
  private kwargs: Readonly<Record<string, unknown>> = NONE;
  private metadata: ResponseMetadata = NONE;

  add(chunk: MessagePiece): void {
    if (chunk.id !== this.id && chunk.id !== undefined) this.begin(chunk.id);
    this.addContent(chunk.content);
    for (const piece of chunk.tool_call_chunks) this.addCall(piece);
    if (chunk.tool_calls.length > 0) this.toolCalls.push(...chunk.tool_calls);
    if (chunk.invalid_tool_calls.length > 0)
      this.invalidToolCalls.push(...chunk.invalid_tool_calls);
    if (chunk.usage_metadata !== undefined) this.usage = chunk.usage_metadata;
    if (chunk.name !== undefined) this.name = chunk.name;
    this.kwargs = merge(this.kwargs, chunk.additional_kwargs);
    this.metadata = merge(this.metadata, chunk.response_metadata);
  }

  get whole(): AIMessage {
    return new AIMessage({
      content: this.content,
      id: this.id,
      name: this.name,
      additional_kwargs: this.kwargs,
      response_metadata: this.metadata,
      tool_calls: [...this.toolCalls],
      invalid_tool_calls: [...this.invalidToolCalls, ...this.unfinishedCalls()],
      usage_metadata: this.usage,
    });
  }

  private begin(id: string): void {
    // The first id names what came without one; only a second one begins another message.
    if (this.id !== undefined) Object.assign(this, new MessageAccumulator());
    this.id = id;
  }

  private get content(): MessageContent {
    if (this.blocks === undefined) return this.text;
    return [...this.blocks].sort(([a], [b]) => a - b).map(([, block]) => block.whole);
  }

  private addContent(content: MessageContent): void {
    if (typeof content !== 'string') {
      for (const piece of content) this.addPiece(piece);
    } else if (this.blocks === undefined) {
      this.text += content;
    } else if (content !== '') {
      this.addPiece({ type: 'text', text: content, index: this.lastIndex() });
    }
  }

  private addPiece(piece: ContentBlock): void {
    this.blocks ??= this.textAsBlock();
    const index = typeof piece['index'] === 'number' ? piece['index'] : this.blocks.size;
    let block = this.blocks.get(index);
    if (block === undefined) this.blocks.set(index, (block = new BlockAccumulator()));
    block.add(piece);
  }

  private textAsBlock(): Map<number, BlockAccumulator> {
    const blocks = new Map<number, BlockAccumulator>();
    if (this.text !== '') {
      const block = new BlockAccumulator();
      block.add({ type: 'text', text: this.text });
      blocks.set(0, block);
    }
    return blocks;
  }

  private addCall({ index, id, name, args }: ToolCallChunk): void {
    this.growing ??= new Map();
    let call = this.growing.get(index);
    if (call === undefined) this.growing.set(index, (call = { args: '' }));
    if (id !== undefined) call.id = id;
    if (name !== undefined) call.name = name;
    call.args += args;
  }

  /** Calls that no chunk has declared complete: kept, and never to be run, however whole they look. */
  private unfinishedCalls(): InvalidToolCall[] {
    if (this.growing === undefined) return [];
    const settled = new Set([...this.toolCalls, ...this.invalidToolCalls].map(({ id }) => id));
    return [...this.growing.values()]
      .filter(({ id }) => id === undefined || !settled.has(id))
      .map((call) => ({ type: 'invalid_tool_call', ...call, error: 'The call was not finished.' }));
  }

  private lastIndex(): number {
    return Math.max(0, ...(this.blocks?.keys() ?? []));
  }
}

interface GrowingCall {
  id?: string;
  name?: string;
  args: string;
}

function merge<T extends Readonly<Record<string, unknown>>>(before: T, next: T): T {
  if (next === NONE) return before;
  if (before === NONE) return next;
  const merged: Record<string, unknown> = {};
  for (const key of Object.keys(before)) setOwn(merged, key, before[key]);
  for (const key of Object.keys(next)) setOwn(merged, key, next[key]);
  return merged as T;
}
