import { AIMessageChunk } from './ai-message-chunk.js';
import type { ContentBlock } from './content.js';
import type { ToolCallChunk } from './tool-call.js';

/**
 * The chunk that two adjacent ones amount to, or undefined where merging them would lose something.
 *
 * Only deltas of the same thing merge: more of the same text, thinking, signature, citations or tool input, of the
 * same block and the same message. What begins, completes or ends something stays a chunk of its own. The fold of the
 * merged chunk is the fold of the two; of usage and metadata the later stands, as there.
 *
 * @example
 * mergeChunks(new AIMessageChunk('gold'), new AIMessageChunk('fish'))?.text // => 'goldfish'
 */
export function mergeChunks(a: AIMessageChunk, b: AIMessageChunk): AIMessageChunk | undefined {
  const merging = MergingChunk.of(a);
  return merging?.add(b) === true ? merging.merged : undefined;
}

/**
 * @internal Adjacent chunks in the course of being merged, at a cost per chunk that does not grow: texts are appended,
 * arrays collected and joined when the result is asked for.
 */
export class MergingChunk {
  readonly #first: AIMessageChunk;
  readonly #delta: Delta;
  #text: string;
  #args: string;
  #items: unknown[];
  #kwargs: AIMessageChunk['additional_kwargs'];
  #metadata: AIMessageChunk['response_metadata'];
  #usage: AIMessageChunk['usage_metadata'];
  #finish: AIMessageChunk['finish_reason'];

  /** Undefined for a chunk that nothing can be merged with. */
  static of(first: AIMessageChunk): MergingChunk | undefined {
    const delta = deltaOf(first);
    return delta === undefined ? undefined : new MergingChunk(first, delta);
  }

  private constructor(first: AIMessageChunk, delta: Delta) {
    this.#first = first;
    this.#delta = delta;
    this.#text = typeof delta.value === 'string' ? delta.value : '';
    this.#items = typeof delta.value === 'string' ? [] : [...delta.value];
    this.#args = delta.call?.args ?? '';
    this.#kwargs = first.additional_kwargs;
    this.#metadata = first.response_metadata;
    this.#usage = first.usage_metadata;
    this.#finish = first.finish_reason;
  }

  /** Whether the next chunk could be merged; if not, nothing has changed. */
  add(next: AIMessageChunk): boolean {
    const delta = deltaOf(next);
    if (delta === undefined || !this.#goesOnWith(next, delta)) return false;
    if (typeof delta.value === 'string') this.#text += delta.value;
    else for (const item of delta.value) this.#items.push(item);
    if (delta.call !== undefined) this.#args += delta.call.args;
    this.#kwargs = latest(this.#kwargs, next.additional_kwargs);
    this.#metadata = latest(this.#metadata, next.response_metadata);
    if (next.usage_metadata !== undefined) this.#usage = next.usage_metadata;
    if (next.finish_reason !== undefined) this.#finish = next.finish_reason;
    return true;
  }

  get merged(): AIMessageChunk {
    const first = this.#first;
    const delta = this.#delta;
    const value = typeof delta.value === 'string' ? this.#text : [...this.#items];
    const { piece, field, call } = delta;
    return new AIMessageChunk({
      id: first.id,
      name: first.name,
      content:
        piece === undefined
          ? field === ''
            ? first.content
            : this.#text
          : [{ ...piece, [field]: value }],
      tool_call_chunks: call === undefined ? undefined : [{ ...call, args: this.#args }],
      additional_kwargs: this.#kwargs,
      response_metadata: this.#metadata,
      usage_metadata: this.#usage,
      finish_reason: this.#finish,
    });
  }

  #goesOnWith(next: AIMessageChunk, delta: Delta): boolean {
    const first = this.#first;
    const { piece, field, value, call } = this.#delta;
    return (
      next.id === first.id &&
      next.name === first.name &&
      typeof next.content === typeof first.content &&
      delta.field === field &&
      typeof delta.value === typeof value &&
      delta.piece?.['index'] === piece?.['index'] &&
      delta.piece?.type === piece?.type &&
      isSameCall(call, delta.call)
    );
  }
}

/** What a chunk is more of: exactly one thing. */
interface Delta {
  /** The piece of a block that it is, or undefined for plain text and for a tool call without content. */
  readonly piece: ContentBlock | undefined;
  /** The name of the piece's one field that grows; `text` for plain text, `''` where only a call's arguments grow. */
  readonly field: string;
  readonly value: string | readonly unknown[];
  readonly call: ToolCallChunk | undefined;
}

/** The fields whose pieces the fold appends, in any block. */
const TEXTS: ReadonlySet<string> = new Set([
  'text',
  'thinking',
  'reasoning',
  'signature',
  'encrypted_content',
  'input',
]);

/** Those whose pieces it collects. */
const COLLECTIONS: ReadonlySet<string> = new Set(['citations', 'non_standard']);

function deltaOf(chunk: AIMessageChunk): Delta | undefined {
  const { content, tool_calls, invalid_tool_calls, tool_call_chunks } = chunk;
  if (tool_calls.length > 0 || invalid_tool_calls.length > 0 || tool_call_chunks.length > 1)
    return undefined;
  const [call] = tool_call_chunks;
  if (content.length === 0)
    return call === undefined ? undefined : { piece: undefined, field: '', value: '', call };
  if (typeof content === 'string')
    return call === undefined
      ? { piece: undefined, field: 'text', value: content, call }
      : undefined;
  const [piece] = content;
  return content.length === 1 && piece !== undefined ? deltaOfPiece(piece, call) : undefined;
}

function deltaOfPiece(piece: ContentBlock, call: ToolCallChunk | undefined): Delta | undefined {
  if (typeof piece['index'] !== 'number') return undefined;
  const [field, ...others] = Object.keys(piece).filter((key) => key !== 'index' && key !== 'type');
  if (field === undefined || others.length > 0) return undefined;
  const value = piece[field];
  if (typeof value === 'string')
    return TEXTS.has(field) ? { piece, field, value, call } : undefined;
  return Array.isArray(value) && COLLECTIONS.has(field)
    ? { piece, field, value: value as readonly unknown[], call }
    : undefined;
}

/** An id or a name that comes anew begins a call. */
function isSameCall(call: ToolCallChunk | undefined, next: ToolCallChunk | undefined): boolean {
  if (call === undefined || next === undefined) return call === next;
  return (
    call.index === next.index &&
    (next.id === undefined || next.id === call.id) &&
    (next.name === undefined || next.name === call.name)
  );
}

function latest<T extends Readonly<Record<string, unknown>>>(before: T, next: T): T {
  return next === before || Object.keys(next).length === 0 ? before : { ...before, ...next };
}
