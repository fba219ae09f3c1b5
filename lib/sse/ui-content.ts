import type { ContentBlock, MessageContent } from '../messages/content.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import { uiFile, uiSources } from './ui-media.js';

/** A part of text or reasoning that is open. */
interface Part {
  readonly kind: 'text' | 'reasoning';
  readonly id: string;
  readonly index: number;
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
    if (this.part !== undefined) yield { type: `${this.part.kind}-end`, id: this.part.id };
    this.part = undefined;
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
    let { part } = this;
    if (part?.kind !== kind || part.index !== index) {
      yield* this.end();
      this.parts += 1;
      this.part = part = { kind, id: `${kind}-${this.parts}`, index };
      this.lastIndex = Math.max(this.lastIndex, index);
      yield { type: `${kind}-start`, id: part.id };
    }
    yield { type: `${kind}-delta`, id: part.id, delta };
  }
}

type Chunks = Iterable<UIMessageChunk>;
