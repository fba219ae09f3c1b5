import { AIMessageChunk, type AIMessageChunkFields } from '../../messages/ai-message-chunk.js';
import type { ContentBlock } from '../../messages/content.js';

/** @internal The text of a value, and how to make a value of a part of it. */
export interface TextPart<T> {
  readonly text: string;
  /** A value with this text alone; the last one has whatever else the whole had. */
  with(text: string, last: boolean): T;
}

/**
 * @internal The text that a value consists of: a string, or a message chunk of nothing but text. Undefined for
 * any other value.
 */
export function textPart<T>(value: T): TextPart<T> | undefined {
  const part = typeof value === 'string' ? partOfString(value) : partOfChunk(value);
  return part?.text === '' ? undefined : (part as TextPart<T> | undefined);
}

function partOfString(text: string): TextPart<string> {
  return { text, with: (piece) => piece };
}

function partOfChunk(value: unknown): TextPart<AIMessageChunk> | undefined {
  if (typeof value !== 'object' || value === null || !('tool_call_chunks' in value))
    return undefined;
  const fields: AIMessageChunkFields = value as AIMessageChunk;
  const { id, content } = fields;
  if (typeof content === 'string')
    return {
      text: content,
      with: (text, last) => new AIMessageChunk({ ...(last ? fields : { id }), content: text }),
    };
  const [piece, ...others] = content;
  if (piece === undefined || others.length > 0 || !isText(piece)) return undefined;
  const { index, type, text } = piece;
  return {
    text,
    with: (part, last) =>
      new AIMessageChunk({
        ...(last ? fields : { id }),
        content: [{ ...(last ? piece : { index, type }), text: part }],
      }),
  };
}

function isText(piece: ContentBlock): piece is ContentBlock & { readonly text: string } {
  return (
    piece.type === 'text' && typeof piece['text'] === 'string' && typeof piece['index'] === 'number'
  );
}
