import { BlockAccumulator } from '../../messages/internal/block-accumulator.js';
import type { ContentBlock, MessageContent } from '../../messages/content.js';
import { reasoningMetadata } from '../../messages/history/ai-sdk-metadata.js';
import { keep, keepMore, toMetadata } from './ui-hidden-fields.js';
import type { UIMessageChunk, UIMetadata } from './ui-message-chunk.js';
import { uiFile, uiSources } from './ui-media.js';
import type { UISign } from './ui-proof.js';
import { UIProviderParts } from './ui-provider-parts.js';

/** A block that is open, and its part of text or reasoning once there is something of that. */
interface Open {
  readonly index: number;
  /** Text that came as strings, of a message that is one uncited text so far. */
  text: string;
  /** What came as pieces. */
  block: BlockAccumulator | undefined;
  part: { readonly kind: 'text' | 'reasoning'; readonly id: string } | undefined;
}

/** @internal Tells the content of a message: texts, reasoning, sources, files, and what the provider has run itself. */
export class UIContent {
  readonly #sign: UISign | undefined;
  readonly #provider: UIProviderParts;
  #opened: Open | undefined;
  #parts = 0;
  #lastIndex = -1;
  readonly #cited = new Set<string>();

  constructor(sign?: UISign) {
    this.#sign = sign;
    this.#provider = new UIProviderParts(sign);
  }

  *add(content: MessageContent): Chunks {
    if (typeof content === 'string') {
      if (content !== '') yield* this.#addText(content);
      return;
    }
    for (const piece of content) yield* this.#addPiece(piece);
  }

  /** What is known of the block that is open, if it is a call of this id. */
  callOf(id: string | undefined): ContentBlock | undefined {
    const block = this.#opened?.block?.whole;
    return block !== undefined && block['id'] === id ? block : undefined;
  }

  /** Ends the open block, because another begins or the turn ends. */
  *end(): Chunks {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened === undefined) return;
    const { part } = opened;
    const block = opened.block?.whole;
    if (part !== undefined) {
      const providerMetadata = block && metadataOf(block, this.#sign);
      yield {
        type: `${part.kind}-end`,
        id: part.id,
        ...(providerMetadata === undefined ? {} : { providerMetadata }),
      };
    }
    if (block === undefined) return;
    const file = uiFile(block);
    if (file !== undefined) yield file;
    yield* this.#provider.end(block);
  }

  *endTurn(): Chunks {
    yield* this.end();
    this.#lastIndex = -1;
  }

  /** Text without an index goes on with the text before it. */
  *#addText(text: string): Chunks {
    const opened = this.#opened;
    const goesOn = opened?.part?.kind === 'text';
    const open = yield* this.#open(goesOn ? opened.index : this.#lastIndex + 1);
    if (open.block === undefined) open.text += text;
    else open.block.add({ type: 'text', text });
    yield* this.#grow('text', open, text);
  }

  *#addPiece(piece: ContentBlock): Chunks {
    const { index } = piece;
    const open = yield* this.#open(typeof index === 'number' ? index : this.#lastIndex + 1);
    const isFirst = open.block === undefined;
    open.block ??= new BlockAccumulator();
    if (isFirst && open.text !== '') open.block.add({ type: 'text', text: open.text });
    open.block.add(piece);
    if (isFirst) yield* this.#provider.begin(piece);
    yield* this.#provider.grow(piece);
    yield* this.#show(piece, open);
  }

  *#show(piece: ContentBlock, open: Open): Chunks {
    const { type, text, thinking, reasoning } = piece;
    const thought = thinking ?? reasoning;
    if (typeof thought === 'string' && thought !== '')
      yield* this.#grow('reasoning', open, thought);
    if (reasoningMetadata(piece) !== undefined) yield* this.#begin('reasoning', open);
    if (type === 'text' && typeof text === 'string' && text !== '')
      yield* this.#grow('text', open, text);
    for (const { key, ...source } of uiSources(piece)) {
      if (this.#cited.has(key)) continue;
      this.#cited.add(key);
      yield { ...source, sourceId: `source-${this.#cited.size}` };
    }
  }

  *#grow(kind: 'text' | 'reasoning', open: Open, delta: string): Chunks {
    const id = yield* this.#begin(kind, open);
    yield { type: `${kind}-delta`, id, delta };
  }

  /** The part of a block, begun if need be. */
  *#begin(kind: 'text' | 'reasoning', open: Open): Generator<UIMessageChunk, string> {
    if (open.part !== undefined) return open.part.id;
    this.#parts += 1;
    open.part = { kind, id: `${kind}-${this.#parts}` };
    yield { type: `${kind}-start`, id: open.part.id };
    return open.part.id;
  }

  *#open(index: number): Generator<UIMessageChunk, Open> {
    if (this.#opened?.index === index) return this.#opened;
    // The block before is whole.
    yield* this.end();
    this.#lastIndex = Math.max(this.#lastIndex, index);
    return (this.#opened = { index, text: '', block: undefined, part: undefined });
  }
}

type Chunks = Iterable<UIMessageChunk>;

/** What a part of text or reasoning keeps of its block. */
function metadataOf(block: ContentBlock, sign: UISign | undefined): UIMetadata | undefined {
  if (block.type === 'text') {
    const rxlm = keepMore(block, ['type', 'text'], sign);
    return rxlm && toMetadata(rxlm);
  }
  const proven = reasoningMetadata(block);
  if (proven !== undefined)
    return { ...proven.metadata, ...toMetadata(keep(block, proven.shown, sign)) };
  // Of reasoning that is nothing but a text there is nothing to give back.
  return Object.keys(block).length > 2
    ? toMetadata(
        keep(
          block,
          ['thinking', 'reasoning'].filter((key) => block[key] !== undefined),
          sign,
        ),
      )
    : undefined;
}
