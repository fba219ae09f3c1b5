import type { ContentBlock, MessageContent } from '../messages/content.js';
import type { ReasoningProof, UIMessageChunk } from './ui-message-chunk.js';
import { uiFile, uiSources } from './ui-media.js';

/** A part of text or reasoning that is open. */
interface Part {
  readonly kind: 'text' | 'reasoning';
  readonly id: string;
  readonly index: number;
  /** What the provider wants back with reasoning, to know it for its own. */
  proof: ReasoningProof | undefined;
}

/** @internal Tells the texts, the reasoning, the sources and the files of a message. */
export class UIContent {
  private part: Part | undefined;
  private parts = 0;
  private lastIndex = -1;
  private readonly cited = new Set<string>();

  *add(content: MessageContent): Chunks {
    if (typeof content === 'string') {
      if (content !== '') yield* this.grow('text', this.indexOfText, content);
      return;
    }
    for (const piece of content) yield* this.addPiece(piece);
  }

  /** Ends the part that is open: another begins, or the turn is over. */
  *end(): Chunks {
    const { part } = this;
    this.part = undefined;
    if (part === undefined) return;
    const { kind, id, proof } = part;
    yield kind === 'reasoning' && proof !== undefined
      ? { type: 'reasoning-end', id, providerMetadata: { anthropic: proof } }
      : { type: `${kind}-end`, id };
  }

  *endTurn(): Chunks {
    yield* this.end();
    this.lastIndex = -1;
  }

  /** Text without an index goes on with the text before it. */
  private get indexOfText(): number {
    if (this.part?.kind === 'text') return this.part.index;
    return this.lastIndex + 1;
  }

  private *addPiece(piece: ContentBlock): Chunks {
    const { type, index: given, text, thinking, reasoning } = piece;
    const index = typeof given === 'number' ? given : this.lastIndex + 1;
    // The part of a block before is whole.
    if (index !== this.part?.index) yield* this.end();
    this.lastIndex = Math.max(this.lastIndex, index);
    const thought = thinking ?? reasoning;
    if (typeof thought === 'string' && thought !== '')
      yield* this.grow('reasoning', index, thought);
    const proof = proofOf(piece);
    if (proof !== undefined) {
      const part = yield* this.open('reasoning', index);
      part.proof = addProof(part.proof, proof);
    }
    if (type === 'text' && typeof text === 'string' && text !== '')
      yield* this.grow('text', index, text);
    for (const source of uiSources(piece)) {
      if (this.cited.has(source.url)) continue;
      this.cited.add(source.url);
      yield { type: 'source-url', sourceId: `source-${this.cited.size}`, ...source };
    }
    const file = uiFile(piece);
    if (file !== undefined) yield file;
  }

  private *grow(kind: Part['kind'], index: number, delta: string): Chunks {
    const { id } = yield* this.open(kind, index);
    yield { type: `${kind}-delta`, id, delta };
  }

  /** The part that what comes belongs to, begun if need be. */
  private *open(kind: Part['kind'], index: number): Generator<UIMessageChunk, Part> {
    if (this.part?.kind === kind && this.part.index === index) return this.part;
    yield* this.end();
    this.parts += 1;
    const part: Part = { kind, id: `${kind}-${this.parts}`, index, proof: undefined };
    this.part = part;
    this.lastIndex = Math.max(this.lastIndex, index);
    yield { type: `${kind}-start`, id: part.id };
    return part;
  }
}

/** As the AI SDK's own provider names it, so that either can go on with what the other has begun. */
function proofOf({ type, signature, data }: ContentBlock): ReasoningProof | undefined {
  if (type === 'thinking' && typeof signature === 'string' && signature !== '')
    return { signature };
  return type === 'redacted_thinking' && typeof data === 'string'
    ? { redactedData: data }
    : undefined;
}

type Chunks = Iterable<UIMessageChunk>;

function addProof(before: ReasoningProof | undefined, more: ReasoningProof): ReasoningProof {
  if (before === undefined || !('signature' in before) || !('signature' in more)) return more;
  return { signature: before.signature + more.signature };
}
