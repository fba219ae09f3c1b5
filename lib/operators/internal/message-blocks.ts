import { Subject } from 'rxjs';
import type { ContentBlock } from '../../messages/content.js';
import { CALL_BLOCKS } from '../../messages/history/block-types.js';
import type { ContentBlockStream } from '../content-block-stream.js';
import { MessageCalls } from './message-calls.js';
import type { MessagePart } from './model-outputs.js';
import type { MessageReader } from './read-messages.js';
import { reasoningOf } from './reasoning-of.js';

/** @internal A block while it is open. */
export interface OpenBlock {
  readonly kind: ContentBlockStream['kind'];
  /** The type of a block of kind `other`. */
  readonly type: string;
  readonly messageId: string | undefined;
  readonly ended: Subject<void>;
}

/** @internal What happens to a block: a value of it, or its end. */
export type BlockStep =
  { readonly block: OpenBlock; readonly value: unknown } | { readonly block: OpenBlock };

/** @internal The blocks of one message. One that is no call ends where the next one begins. */
export class MessageBlocks implements MessageReader<BlockStep> {
  readonly #calls = new MessageCalls();
  readonly #openCalls = new Map<number, OpenBlock>();
  /** The open block that is no call, and its index. */
  #current: { readonly index: number; readonly block: OpenBlock } | undefined;
  #lastIndex = -1;

  add(part: MessagePart): readonly BlockStep[] {
    const { content, id } = part;
    const steps: BlockStep[] = [];
    if (typeof content !== 'string') {
      for (const piece of content) this.#addPiece(piece, id, steps);
    } else if (content !== '') {
      const index =
        this.#current?.block.kind === 'text' ? this.#current.index : this.#lastIndex + 1;
      this.#addPiece({ type: 'text', text: content, index }, id, steps);
    }
    for (const { key, call } of this.#calls.add(part)) this.#addCall(key, call, id, steps);
    return steps;
  }

  end(): readonly BlockStep[] {
    const steps: BlockStep[] = [];
    this.#endCurrent(steps);
    for (const { key, call } of this.#calls.end()) this.#addCall(key, call, undefined, steps);
    return steps;
  }

  #addPiece(piece: ContentBlock, id: string | undefined, steps: BlockStep[]): void {
    const index = typeof piece['index'] === 'number' ? piece['index'] : this.#lastIndex + 1;
    this.#lastIndex = Math.max(this.#lastIndex, index);
    const open = this.#current?.index === index ? this.#current.block : undefined;
    // Calls come as calls; their blocks in the content only mirror them.
    if (open === undefined && CALL_BLOCKS.has(piece.type)) return;
    const kind = open?.kind ?? kindOf(piece);
    const block = open ?? this.#begin(kind, piece.type, id);
    if (open === undefined) {
      this.#endCurrent(steps);
      this.#current = { index, block };
    }
    steps.push({ block, value: valueOf(kind, piece) });
  }

  #addCall(
    key: number,
    call: { readonly status: string },
    id: string | undefined,
    steps: BlockStep[],
  ): void {
    let block = this.#openCalls.get(key);
    if (block === undefined) {
      this.#endCurrent(steps);
      this.#openCalls.set(key, (block = this.#begin('tool_call', 'tool_call', id)));
    }
    steps.push({ block, value: call });
    if (call.status === 'growing') return;
    this.#openCalls.delete(key);
    steps.push({ block });
  }

  #begin(kind: OpenBlock['kind'], type: string, messageId: string | undefined): OpenBlock {
    return { kind, type, messageId, ended: new Subject() };
  }

  #endCurrent(steps: BlockStep[]): void {
    if (this.#current !== undefined) steps.push({ block: this.#current.block });
    this.#current = undefined;
  }
}

function kindOf(piece: ContentBlock): OpenBlock['kind'] {
  if (piece.type === 'text') return 'text';
  return reasoningOf(piece) === undefined ? 'other' : 'reasoning';
}

function valueOf(kind: OpenBlock['kind'], piece: ContentBlock): unknown {
  if (kind === 'other') return piece;
  if (kind === 'reasoning') return reasoningOf(piece) ?? '';
  return typeof piece['text'] === 'string' ? piece['text'] : '';
}
